import { Page, titled } from '../components/page.tsx';

export const meta = titled('About');

export default function About() {
  return (
    <Page>
      <h1 className="nhsuk-heading-l">About OpenICS</h1>
      <p className="nhsuk-lede-text">
        OpenICS is open-source software for an Integrated Care System: one joined record of one population.
      </p>
      <div className="nhsuk-warning-callout">
        <h2 className="nhsuk-warning-callout__label">
          Important<span className="nhsuk-u-visually-hidden">:</span> use made-up people only
        </h2>
        <p>
          This version was not yet tried by independent experts in security and clinical safety. Do not put
          records of real people in it.
        </p>
        <p>
          Started without sign-in, it answers only the machine it runs on, and shows everything to whoever
          sits there.
        </p>
      </div>
      <h2 className="nhsuk-heading-m">What it does</h2>
      <ul>
        <li>It takes in health records in FHIR R4, the format health systems exchange.</li>
        <li>It joins the records of one person from many organisations, and always says who said what.</li>
        <li>It shows what several organisations report once, and shows where they differ.</li>
        <li>
          It answers programs through a FHIR server at <code>/fhir</code>.
        </li>
      </ul>
      <h2 className="nhsuk-heading-m">How to read a record</h2>
      <ul>
        <li>
          An entry from more than one organisation is shown once. Open “From 2 sources” to see who said it.
        </li>
        <li>
          “Sources differ” means that organisations contradict each other. Check before you rely on either.
        </li>
        <li>“Nothing recorded” means that nobody told us. It does not mean that there is nothing.</li>
        <li>Entries that were taken back or ruled out are kept apart under “Everything”.</li>
      </ul>
      <h2 className="nhsuk-heading-m">Licence</h2>
      <p>Apache-2.0. OpenICS is not an NHS service and carries no NHS logo.</p>
    </Page>
  );
}

import { Page, titled } from '../../components/page.tsx';
import { FrameParts } from './frame-parts.tsx';
import { RecordParts } from './record-parts.tsx';

export const meta = titled('Parts of pages');

/** Every part that pages are made of, in its states, for whoever builds them. */
export default function Design() {
  return (
    <Page>
      <h1 className="nhsuk-heading-l">Parts of pages</h1>
      <p>
        Pages are made of these and of the NHS design system. Everything here is made up, and the buttons lead
        nowhere useful.
      </p>
      <FrameParts />
      <RecordParts />
    </Page>
  );
}

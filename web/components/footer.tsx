/** The band at the bottom of every page. */
export function Footer() {
  return (
    <footer className="nhsuk-footer" role="contentinfo">
      <div className="nhsuk-width-container">
        <p className="nhsuk-body-s">
          OpenICS is open-source software (Apache-2.0). It is not an NHS service. Until sign-in exists, it
          serves only the machine it runs on. <a href="/about">About OpenICS</a>
        </p>
      </div>
    </footer>
  );
}

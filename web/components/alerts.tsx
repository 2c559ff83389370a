import type { Alert } from '../api/record.ts';
import { factValue } from '../words/record.ts';
import { factOf, Sources } from './sources.tsx';

const reasonWords: Record<Alert['reason'], string> = {
  safeguarding: 'Safeguarding',
  'serious-allergy': 'Serious allergy',
  'disputed-allergies': 'Sources differ on allergies',
  flag: 'Alert',
};

/** What everyone who meets the person should know first. */
export function Alerts({ alerts, personId }: { alerts: Alert[]; personId: string }) {
  if (alerts.length === 0) return null;
  return (
    <section className="alerts" aria-labelledby="alerts">
      <h2 className="nhsuk-heading-m" id="alerts">
        <span aria-hidden="true">⚠ </span>Alerts ({alerts.length})
      </h2>
      <ul className="nhsuk-list">
        {alerts.map((alert, index) => (
          <li key={`${index} ${alert.title}`}>
            <strong>{reasonWords[alert.reason]}:</strong> {sentence(alert)}{' '}
            {alert.entry !== undefined && <Sources entry={alert.entry} personId={personId} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function sentence({ reason, title, entry }: Alert): string {
  if (reason === 'disputed-allergies') return `allergies are recorded, but a source says “${title}”.`;
  const reaction = entry === undefined ? undefined : factOf(entry, 'reaction');
  return reaction === undefined ? title : `${title} (${factValue('reaction', reaction)})`;
}

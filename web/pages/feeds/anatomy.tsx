import type { Segment } from '../../api/feeds.ts';

/** A message segment by segment, the faulty place marked in words, colour and shape. */
export function Anatomy({ segments, fault }: { segments: Segment[]; fault: string | null }) {
  const wanted = /^([A-Z0-9]{3})(?:\[(\d+)\])?(?:-(\d+))?/.exec(fault ?? '');
  const isFaulty = (segment: Segment): boolean =>
    wanted !== null && segment.name === wanted[1] && segment.sequence === Number(wanted[2] ?? 1);
  const field = wanted?.[3] === undefined ? undefined : Number(wanted[3]);
  const isThere = segments.some(isFaulty);
  return (
    <>
      <h2>Segment by segment</h2>
      {wanted !== null && !isThere && <p>The segment {wanted[1]} is not there.</p>}
      <ol className="anatomy">
        {segments.map((segment) => (
          <li
            key={`${segment.name} ${segment.sequence}`}
            className={isFaulty(segment) ? 'anatomy__faulty' : undefined}
          >
            <span className="anatomy__name">{segment.name}</span>
            <dl className="anatomy__fields">
              {fieldsOf(segment, isFaulty(segment) ? field : undefined).map(({ number, text, isFault }) => (
                <div key={number} className={isFault ? 'anatomy__field anatomy__fault' : 'anatomy__field'}>
                  <dt>{number}</dt>
                  <dd className="place">
                    {text}
                    {isFault && <strong> {text === '' ? 'empty: ' : ''}here</strong>}
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
    </>
  );
}

/** The fields that hold something, and the faulty one even when it holds nothing. */
function fieldsOf(segment: Segment, faulty: number | undefined) {
  const fields = segment.fields.map((field) => ({ ...field, isFault: field.number === faulty }));
  if (faulty === undefined || fields.some(({ isFault }) => isFault)) return fields;
  return [...fields, { number: faulty, text: '', isFault: true }].sort((a, b) => a.number - b.number);
}

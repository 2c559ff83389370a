import type { ReactNode } from 'react';

/** One sort of work on a page of several: what waits, and the way to it. A calm one needs nobody now. */
export function Card({
  title,
  isCalm,
  way,
  children,
}: {
  title: string;
  isCalm: boolean;
  way: { to: string; text: string };
  children: ReactNode;
}) {
  return (
    <li>
      <div className={isCalm ? 'card card--calm' : 'card'}>
        <h2>{title}</h2>
        {children}
        <p className="card__way">
          <a href={way.to}>
            {way.text}
            <span className="nhsuk-u-visually-hidden">: {title}</span>
          </a>
        </p>
      </div>
    </li>
  );
}

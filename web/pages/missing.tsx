import { data } from 'react-router';

/** Any address that no page has. */
export function loader(): never {
  throw data(
    { title: 'There is no such page', wayOut: 'Check the address, or start from the search.' },
    { status: 404 },
  );
}

export default function Missing() {
  return null;
}

import { Page, titled } from '../../components/page.tsx';

export const meta = titled('What arrived');

export default function Imports() {
  return (
    <Page>
      <h1>What arrived</h1>
    </Page>
  );
}

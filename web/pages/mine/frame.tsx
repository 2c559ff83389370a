import { Outlet } from 'react-router';
import { Page } from '../../components/page.tsx';
import { MineNav } from './nav.tsx';

/** What all pages of a person's own view share: the ways through it. */
export default function Frame() {
  return (
    <>
      <MineNav />
      <Page>
        <Outlet />
      </Page>
    </>
  );
}

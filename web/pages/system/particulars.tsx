import type { PartnerView } from '../../api/system.ts';
import { Sheet } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { slugWords, spanWords } from '../../words/system.ts';

type Partner = PartnerView['partner'];

/** Where one can go. */
export function Sites({ sites }: Pick<Partner, 'sites'>) {
  if (sites.length === 0) return null;
  return (
    <Sheet>
      <Table
        caption="Sites"
        rows={sites}
        rowKey={({ key, from }) => `${key} ${from}`}
        columns={[
          { heading: 'Name', cell: ({ name }) => name },
          {
            heading: 'Address',
            cell: ({ address, postcode }) =>
              [...address, postcode].filter((each) => each !== null).join(', '),
          },
          { heading: 'When', cell: (site) => spanWords(site) },
        ]}
      />
    </Sheet>
  );
}

/** What it offers. */
export function Services({ services, sites }: Pick<Partner, 'services' | 'sites'>) {
  if (services.length === 0) return null;
  return (
    <Sheet>
      <Table
        caption="Services"
        rows={services}
        rowKey={({ key, from }) => `${key} ${from}`}
        columns={[
          { heading: 'Name', cell: ({ name }) => name },
          { heading: 'Kind', cell: ({ kind }) => slugWords(kind) },
          { heading: 'Where', cell: ({ site }) => sites.find(({ key }) => key === site)?.name ?? 'Not said' },
          { heading: 'When', cell: (service) => spanWords(service) },
        ]}
      />
    </Sheet>
  );
}

export function Contacts({ contacts }: Pick<Partner, 'contacts'>) {
  if (contacts.length === 0) return null;
  return (
    <Sheet>
      <Table
        caption="Contacts"
        rows={contacts}
        rowKey={({ kind, value }) => `${kind} ${value}`}
        columns={[
          {
            heading: 'By',
            cell: ({ kind }) => ({ phone: 'Telephone', email: 'Email', url: 'Web' })[kind] ?? kind,
          },
          { heading: 'Address or number', cell: ({ value }) => <span className="place">{value}</span> },
        ]}
      />
    </Sheet>
  );
}

/** Who holds which post. */
export function Posts({ posts }: Pick<Partner, 'posts'>) {
  if (posts.length === 0) return null;
  return (
    <Sheet>
      <Table
        caption="Posts"
        rows={posts}
        rowKey={({ role, person }) => `${role} ${person}`}
        columns={[
          { heading: 'Post', cell: ({ role }) => slugWords(role) },
          { heading: 'Held by', cell: ({ person }) => person ?? 'Not said' },
          {
            heading: 'Reach them',
            cell: ({ phone, email }) => [phone, email].filter(Boolean).join(', ') || 'Not said',
          },
          { heading: 'When', cell: (post) => spanWords(post) },
        ]}
      />
    </Sheet>
  );
}

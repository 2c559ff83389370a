import { by, condition, type Desk, type Write } from './write.fixture.ts';

/** What partners send, and what waits. */
export function arrivalWrites({ db }: Desk): Write[] {
  let [message, item, other] = ['', '', ''];
  const hl7 = 'MSH|^~\\&|APP|RX1|ICS|ICS|20260301||ADT^A28|m1|P|2.4\rPID|1';
  return [
    {
      route: 'POST /feeds/hl7v2',
      fact: 'feeds.message',
      ask: () => ({ ...by('records', 'POST', '/feeds/hl7v2', hl7), type: 'application/hl7-v2+er7' }),
      status: 422,
      kinds: ['create'],
    },
    {
      route: 'PUT /api/feeds/:id',
      fact: 'feeds.feed',
      async ask() {
        const [row] = await db.query<{ id: string }>('select id from feeds.feed limit 1');
        return by('admin', 'PUT', `/api/feeds/${row!.id}`, { expectedHours: 24 });
      },
      kinds: ['update'],
    },
    {
      route: 'PUT /api/feeds/messages/:id',
      fact: 'feeds.message',
      async ask() {
        const [row] = await db.query<{ id: string }>(`select id from feeds.message where state = 'dead'`);
        message = row!.id;
        return by('records', 'PUT', `/api/feeds/messages/${message}`, { text: hl7 });
      },
      kinds: ['update'],
    },
    {
      route: 'POST /api/feeds/messages/:id/replay',
      fact: 'feeds.message',
      ask: () => by('records', 'POST', `/api/feeds/messages/${message}/replay`),
      kinds: ['update'],
    },
    {
      route: 'POST /api/feeds/messages/:id/dismiss',
      fact: 'feeds.message',
      ask: () => by('records', 'POST', `/api/feeds/messages/${message}/dismiss`),
      kinds: ['update'],
    },
    {
      route: 'PUT /api/quarantine/:id',
      fact: 'record.quarantine',
      async ask() {
        const rows = await db.query<{ id: string }>('select id from record.quarantine order by id');
        [item, other] = rows.map(({ id }) => id) as [string, string];
        return by('records', 'PUT', `/api/quarantine/${item}`, {
          text: JSON.stringify(condition('Hay fever', 'hay-fever')),
        });
      },
      kinds: ['update'],
    },
    {
      route: 'POST /api/quarantine/:id/replay',
      fact: 'record.quarantine',
      ask: () => by('records', 'POST', `/api/quarantine/${item}/replay`),
      kinds: ['update'],
    },
    {
      route: 'POST /api/quarantine/:id/dismiss',
      fact: 'record.quarantine',
      ask: () => by('records', 'POST', `/api/quarantine/${other}/dismiss`),
      kinds: ['update'],
    },
  ];
}

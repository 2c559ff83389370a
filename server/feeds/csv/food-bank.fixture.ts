/** A food bank's list of visits. */
export const foodBank = {
  mapping: 'food-bank',
  version: 1,
  columns: ['Ref', 'First', 'Last', 'Born', 'Seen', 'What'],
  dates: ['DD.MM.YYYY'],
  badRows: 'keep',
  asOf: ['Seen'],
  lists: { what: { Parcel: 'parcel', '*': 'other' } },
  resources: [
    {
      type: 'Patient',
      key: ['Ref'],
      template: {
        identifier: [{ system: { row: 'numbers' }, value: { column: 'Ref' } }],
        name: [{ given: [{ column: 'First' }], family: { column: 'Last' } }],
        birthDate: { column: 'Born', as: 'date' },
      },
    },
    {
      type: 'Encounter',
      key: ['Ref', 'Seen'],
      ifGiven: 'Seen',
      template: {
        status: 'finished',
        class: { code: 'AMB' },
        type: [{ text: { column: 'What', list: 'what' } }],
        subject: { reference: { row: 'Patient' } },
        period: { start: { column: 'Seen', as: 'date' } },
      },
    },
  ],
};

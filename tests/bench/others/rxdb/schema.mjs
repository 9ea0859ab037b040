// A record of any type; RxDB wants to know its properties.
export const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 200 },
    type: { type: 'string', maxLength: 20 },
    row: { type: 'object' },
  },
  required: ['id', 'type', 'row'],
}

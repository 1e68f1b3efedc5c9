// A federation with what the benchmark lacks: interfaces as entities and as objects, unions, composite keys, inputs
// with selections, mutations, failures.
const WORKS = [
  { __typename: 'Book', id: '1', title: '红楼梦', pages: 1200, by: 'cao' },
  { __typename: 'Film', id: '2', title: 'Ran', minutes: 162, by: 'kurosawa' },
  { __typename: 'Book', id: '3', title: 'Emma', pages: 474, by: 'austen' },
  { __typename: 'Film', id: '4', title: null, minutes: 90, by: null },
  { __typename: 'Book', id: '5', title: 'Lost', pages: null, by: 'nobody' },
];
const PEOPLE = [
  { id: 'cao', name: 'Cao Xueqin', home: { country: 'CN', city: 'Nanjing' } },
  { id: 'kurosawa', name: 'Kurosawa Akira', home: { country: 'JP', city: 'Tokyo' } },
  { id: 'austen', name: 'Jane Austen', home: { country: 'GB', city: 'Steventon' } },
];
const STARS = { 1: 5, 2: 4, 3: 3, 4: null, 5: 1 };

const IMPORTS = ['@key', '@external', '@requires', '@provides', '@shareable', '@interfaceObject', '@inaccessible'];
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ${JSON.stringify(IMPORTS)})`;

const work = ({ id }) => WORKS.find((one) => one.id === id) ?? null;
const fail = (message) => {
  throw new Error(message);
};
const person = ({ by }) => (by === 'nobody' ? fail('nobody knows') : by && { __typename: 'Person', id: by });

const library = {
  typeDefs: `
    ${LINK}
    interface Media @key(fields: "id") { id: ID! title: String by: Person }
    type Book implements Media @key(fields: "id") { id: ID! title: String by: Person pages: Int sequel: Media }
    type Film implements Media @key(fields: "id") { id: ID! title: String by: Person minutes: Int! }
    type Person @key(fields: "id") { id: ID! made: [Media!]! }
    union Work = Book | Film
    type Query { shelf: [Media!]! media(id: ID!): Media works(first: Int! = 5): [Work] broken: Book! fragile: Book }
    type Mutation { rename(id: ID!, title: String): Media }
  `,
  resolvers: {
    Media: { __resolveReference: work },
    Book: { __resolveReference: work, by: person, sequel: ({ id }) => work({ id: String(Number(id) + 1) }) },
    Film: { __resolveReference: work, by: person },
    Person: { made: ({ id }) => WORKS.filter(({ by }) => by === id) },
    Query: {
      shelf: () => WORKS,
      media: (_, key) => work(key),
      works: (_, { first }) => WORKS.slice(0, first),
      broken: () => null,
      fragile: () => fail('out of order'),
    },
    Mutation: { rename: (_, { id, title }) => Object.assign(work({ id }), { title }) },
  },
};

const ratings = {
  typeDefs: `
    ${LINK}
    type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int notes(first: Int): [Note!] worth: Int! }
    type Note { text: String! about: Media }
    type Query { best: Media all: [Media] }
    type Mutation { rate(id: ID!, stars: Int!): Media }
  `,
  resolvers: {
    Media: {
      __resolveReference: ({ id }) => ({ id }),
      stars: ({ id }) => STARS[id],
      worth: ({ id }) => STARS[id],
      notes: ({ id }, { first }) => ['good', 'long', 'old'].slice(0, first ?? 1).map((text) => ({ text, about: { id } })),
    },
    Query: { best: () => ({ id: '1' }), all: () => ['2', '1'].map((id) => ({ id })) },
    Mutation: {
      rate: (_, { id, stars }) => {
        STARS[id] = stars;
        return { id };
      },
    },
  },
};

const people = {
  typeDefs: `
    ${LINK}
    type Person @key(fields: "id") @key(fields: "name home { country }") { id: ID! name: String! home: Home! }
    type Home @shareable { country: String! city: String }
  `,
  resolvers: { Person: { __resolveReference: ({ id }) => PEOPLE.find((one) => one.id === id) ?? null } },
};

const prizes = {
  typeDefs: `
    ${LINK}
    type Person @key(fields: "name home { country }") { name: String! home: Home! prizes: [String!]! }
    type Home @shareable { country: String! }
    type Book @key(fields: "id") {
      id: ID!
      pages: Int @external
      by: Person @external
      price: Int @requires(fields: "pages by { name home { country } }")
    }
  `,
  resolvers: {
    Person: {
      __resolveReference: (reference) => reference,
      prizes: ({ name, home }) => [`${home.country} prize of ${name}`],
    },
    Book: {
      __resolveReference: (reference) => reference,
      price: ({ pages, by }) => (pages ?? 0) + (by ? by.name.length * by.home.country.length : 0),
    },
  },
};

export default { library, ratings, people, prizes };

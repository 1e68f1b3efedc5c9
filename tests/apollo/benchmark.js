// The public federation benchmark: four subgraphs with six users, nine products and eleven reviews.

const USERS = [
  ['1', 'Ann Archer', 'ann', 1951], ['2', 'Ben Brook', 'ben', 1962], ['3', 'Cai Chen', 'cai', 1973],
  ['4', 'Dan Dale', 'dan', 1984], ['5', 'Eve Eland', 'eve', 1995], ['6', 'Fei Feng', 'fei', 2006],
].map(([id, name, username, birthday]) => ({ id, name, username, birthday }));

const PRODUCTS = [
  ['1', 'Table', 899, 100, true], ['2', 'Couch', 1299, 1000, false], ['3', 'Glass', 15, 20, false],
  ['4', 'Chair', 499, 100, false], ['5', 'TV', 1299, 1000, true], ['6', 'Lamp', 6999, 300, true],
  ['7', 'Grill', 3999, 2000, false], ['8', 'Fridge', 100000, 6000, false], ['9', 'Sofa', 9999, 800, true],
].map(([upc, name, price, weight, inStock]) => ({ upc, name, price, weight, inStock }));

const REVIEWS = [
  ['1', 'Love it!', '1', '1'], ['2', 'Too expensive.', '1', '2'], ['3', 'Could be better.', '2', '3'],
  ['4', 'Prefer something else.', '2', '1'], ['5', 'Good value.', '3', '4'], ['6', 'Wobbles.', '3', '4'],
  ['7', 'As described.', '4', '1'], ['8', 'Too large.', '5', '5'], ['9', 'Fine.', '6', '5'],
  ['10', '还不错', '6', '6'], ['11', 'Never again.', '4', '9'],
].map(([id, body, author, product]) => ({ id, body, author, product }));

const LINK = '@link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@provides", "@requires", "@shareable"])';

const byKey = (rows, key) => (reference) => rows.find((row) => row[key] === reference[key]) ?? null;

const accounts = {
  typeDefs: `
    extend schema ${LINK}
    type Query {
      me: User
      user(id: ID!): User
      users: [User]
    }
    type User @key(fields: "id") {
      id: ID!
      name: String
      username: String @shareable
      birthday: Int
    }
  `,
  resolvers: {
    Query: {
      me: () => USERS[0],
      user: (_, { id }) => byKey(USERS, 'id')({ id }),
      users: () => USERS,
    },
    User: { __resolveReference: byKey(USERS, 'id') },
  },
};

const inventory = {
  typeDefs: `
    extend schema ${LINK}
    type Product @key(fields: "upc") {
      upc: String!
      weight: Int @external
      price: Int @external
      inStock: Boolean
      shippingEstimate: Int @requires(fields: "price weight")
    }
  `,
  resolvers: {
    Product: {
      __resolveReference: (reference) => ({ ...reference, inStock: byKey(PRODUCTS, 'upc')(reference)?.inStock }),
      // Nothing for what is dear; else half of the weight.
      shippingEstimate: ({ price, weight }) => (price > 1000 ? 0 : Math.round(weight * 0.5)),
    },
  },
};

const products = {
  typeDefs: `
    extend schema ${LINK}
    type Query {
      topProducts(first: Int = 5): [Product]
    }
    type Product @key(fields: "upc") {
      upc: String!
      name: String
      price: Int
      weight: Int
    }
  `,
  resolvers: {
    Query: { topProducts: (_, { first }) => PRODUCTS.slice(0, first) },
    Product: { __resolveReference: byKey(PRODUCTS, 'upc') },
  },
};

const reviewsBy = (field, key) => (row) => REVIEWS.filter((review) => review[field] === row[key]);

const reviews = {
  typeDefs: `
    extend schema ${LINK}
    type Review @key(fields: "id") {
      id: ID!
      body: String
      author: User @provides(fields: "username")
      product: Product
    }
    type User @key(fields: "id") {
      id: ID!
      username: String @external
      numberOfReviews: Int
      reviews: [Review]
    }
    type Product @key(fields: "upc") {
      upc: String!
      reviews: [Review]
    }
  `,
  resolvers: {
    Review: {
      __resolveReference: byKey(REVIEWS, 'id'),
      author: ({ author }) => ({ id: author, username: USERS.find(({ id }) => id === author).username }),
      product: ({ product }) => ({ upc: product }),
    },
    User: {
      numberOfReviews: (user) => reviewsBy('author', 'id')(user).length,
      reviews: reviewsBy('author', 'id'),
    },
    Product: { reviews: reviewsBy('product', 'upc') },
  },
};

export default { accounts, inventory, products, reviews };

exports.handler = async (event) => {
  const name = event.pathParameters?.name ?? 'everybody';
  return { message: `${process.env.GREETING}, ${name}!` };
};

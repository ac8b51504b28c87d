'use strict';

const awsLambdaFastify = require('@fastify/aws-lambda');
const fastify = require('fastify');

const application = fastify();
application.register(async (routes) => {
  routes.route({
    method: ['GET', 'POST'],
    url: '/:prefix/hello/:name',
    handler: (request, reply) => {
      reply.header('set-cookie', ['one=1; Path=/', 'two=2; Path=/']).header('X-Framework', 'fastify').code(201);
      return { method: request.method, name: request.params.name, query: request.query, cookie: request.headers.cookie ?? null, body: request.body ?? null };
    },
  });
  routes.get('/:prefix/bytes', (request, reply) => reply.type('application/octet-stream').send(Buffer.from([0, 255, 128, 10])));
  routes.get('/:prefix/moved', (request, reply) => reply.redirect('/elsewhere', 302));
});

exports.handler = awsLambdaFastify(application, { binaryMimeTypes: ['application/octet-stream'] });

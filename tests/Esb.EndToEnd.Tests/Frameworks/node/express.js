'use strict';

const express = require('express');
const serverlessHttp = require('serverless-http');

const application = express();
application.set('query parser', 'simple');
application.use(express.json());
application.use(express.urlencoded({ extended: false }));

application.all('/*any/hello/:name', (request, response) => {
  response.cookie('one', '1').cookie('two', '2');
  response.set('X-Framework', 'express').status(201).json({
    method: request.method,
    name: request.params.name,
    query: request.query,
    cookie: request.get('cookie') ?? null,
    body: request.body ?? null,
  });
});
application.get('/*any/bytes', (request, response) => response.type('application/octet-stream').send(Buffer.from([0, 255, 128, 10])));
application.get('/*any/moved', (request, response) => response.redirect(302, '/elsewhere'));

exports.handler = serverlessHttp(application, { binary: ['application/octet-stream'] });

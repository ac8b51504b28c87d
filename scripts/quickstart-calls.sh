# Every route of the two examples, in an order in which each has data to return. Sourced by quickstart.sh, which
# defines: call STATUS METHOD PATH …
# shellcheck shell=bash
call 201 PUT    /orders/7 -d '{"lines":[{"price":2.5,"count":4}]}'
call 200 GET    /orders/7
call 200 GET    /orders
call 200 GET    /orders/7/total
call 201 POST   /receipts/7
call 200 GET    /receipts/7
call 200 GET    /receipts
call 404 GET    /receipts/none
call 201 PUT    /orders/8 -d '{}'
call 204 DELETE /orders/8
call 404 GET    /orders/8
run esb invoke receipts-report --event '{"report":"count"}'
run esb invoke orders-total --event '{"pathParameters":{"id":"7"}}'

using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Esb.Provisioner.Stores;

namespace Esb.Provisioner.Tests.Stores;

/// <summary>How stores are identified, and how their errors are treated.</summary>
public sealed class StoreTraitTests
{
    [Test]
    [Arguments(null, "Server", "arn:aws:dynamodb:eu-west-1:111122223333:table/t", "Amazon DynamoDB")]
    [Arguments("https://dynamodb.eu-west-1.amazonaws.com", "Server", null, "Amazon DynamoDB")]
    [Arguments("http://127.0.0.1:8000", "Jetty(12.0.14)", null, "DynamoDB Local")]
    [Arguments("http://127.0.0.1:8000", "Werkzeug/3.1.3 Python/3.13.5", null, "moto")]
    [Arguments("http://127.0.0.1:8000", "Seastar httpd", null, "ScyllaDB Alternator")]
    [Arguments(
        "http://127.0.0.1:9000", "esb-stores", "arn:aws:dynamodb:us-east-1:000000000000:table/t", "esb-stores")]
    [Arguments("http://127.0.0.1:8000", null, "arn:aws:dynamodb:us-east-1:000000000000:table/t", "dynalite")]
    [Arguments("http://127.0.0.1:8000", null, "arn:aws:dynamodb:us-east-1:111122223333:table/t", "this store")]
    [Arguments("http://127.0.0.1:8000", null, null, "this store")]
    public async Task A_dynamodb_store_is_identified_by_its_answers(
        string? endpoint,
        string? server,
        string? arn,
        string name) =>
        await Assert.That(StoreTraits.OfDynamoDb(endpoint is null ? null : new Uri(endpoint), server, arn).Name)
            .IsEqualTo(name);

    [Test]
    public async Task Every_change_must_take_effect_in_aws_and_a_local_store_may_ignore_what_no_function_sees()
    {
        await Assert.That(StoreTraits.OfDynamoDb(null, null, null).MayDrop("TableClass")).IsFalse();
        await Assert.That(StoreTraits.OfDynamoDb(new Uri("http://127.0.0.1:1"), null, null).MayDrop("TableClass"))
            .IsTrue();
        await Assert.That(StoreTraits.OfDynamoDb(new Uri("http://127.0.0.1:1"), null, null)
            .MayDrop("GlobalSecondaryIndexes")).IsFalse();
    }

    [Test]
    [Arguments("ThrottlingException", HttpStatusCode.BadRequest, "NotReady")]
    [Arguments("ServiceUnavailable", HttpStatusCode.ServiceUnavailable, "NotReady")]
    [Arguments("", HttpStatusCode.BadGateway, "NotReady")]
    [Arguments("ResourceInUseException", HttpStatusCode.BadRequest, "Conflict")]
    [Arguments("UnrecognizedClientException", HttpStatusCode.BadRequest, "Denied")]
    [Arguments("", HttpStatusCode.Forbidden, "Denied")]
    [Arguments("UnknownOperationException", HttpStatusCode.BadRequest, "Unsupported")]
    [Arguments("", HttpStatusCode.NotImplemented, "Unsupported")]
    [Arguments("ValidationException", HttpStatusCode.BadRequest, "Other")]
    public async Task The_answer_of_a_store_decides_what_is_done(string code, HttpStatusCode status, string kind)
    {
        var exception = new AmazonServiceException("said so", null, ErrorType.Unknown, code, "id", status);

        await Assert.That(Failure.KindOf(exception).ToString()).IsEqualTo(kind);
    }

    [Test]
    [Arguments(SocketError.ConnectionRefused, "NotReady")]
    [Arguments(SocketError.ConnectionReset, "NotReady")]
    [Arguments(SocketError.TryAgain, "NotReady")]
    [Arguments(SocketError.HostNotFound, "Unreachable")]
    [Arguments(SocketError.NetworkUnreachable, "Unreachable")]
    public async Task Only_a_connection_that_may_succeed_later_is_retried(SocketError error, string kind)
    {
        var exception = new HttpRequestException("outer", new SocketException((int)error));

        await Assert.That(Failure.KindOf(exception).ToString()).IsEqualTo(kind);
    }
}

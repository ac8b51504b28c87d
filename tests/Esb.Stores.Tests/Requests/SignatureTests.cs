using System.Net;
using Amazon.DynamoDBv2;
using Esb.Stores.Tests.Serving;

namespace Esb.Stores.Tests.Requests;

/// <summary>Who may call stores that have credentials.</summary>
public sealed class SignatureTests
{
    [Test]
    public async Task The_sdk_works_with_a_table()
    {
        await using var stores = await StoresProcess.StartAsync();
        using var client = stores.NewClient();
        await Things.CreateAsync(client);
        await Things.PutAsync(client, "a", "naïve ☃");
        var described = await client.DescribeTableAsync(Things.Name);
        await Assert.That(await Things.GetAsync(client, "a")).IsEqualTo("naïve ☃");
        await Assert.That(await Things.GetAsync(client, "b")).IsNull();
        await Assert.That(described.Table.TableArn).IsEqualTo("arn:aws:dynamodb:eu-west-1:000000000000:table/things");
    }

    [Test]
    public async Task A_wrong_secret_is_refused_and_changes_nothing()
    {
        await using var stores = await StoresProcess.StartAsync();
        using var client = stores.NewClient();
        await Things.CreateAsync(client);
        using var other = stores.NewClient(secret: "another secret");
        var refusal = await Assert.That(() => Things.PutAsync(other, "a", "x")).Throws<AmazonDynamoDBException>();
        await Assert.That(refusal!.ErrorCode).IsEqualTo("InvalidSignatureException");
        await Assert.That(refusal.StatusCode).IsEqualTo(HttpStatusCode.BadRequest);
        await Assert.That(await Things.GetAsync(client, "a")).IsNull();
    }

    [Test]
    public async Task An_unknown_access_key_is_refused()
    {
        await using var stores = await StoresProcess.StartAsync();
        using var client = stores.NewClient(accessKey: "AKIDOTHER");
        var refusal = await Assert.That(() => client.ListTablesAsync()).Throws<AmazonDynamoDBException>();
        await Assert.That(refusal!.ErrorCode).IsEqualTo("UnrecognizedClientException");
        await Assert.That(refusal.Message).IsEqualTo("The security token included in the request is invalid.");
    }

    [Test]
    public async Task A_request_without_a_signature_is_refused()
    {
        await using var stores = await StoresProcess.StartAsync();
        using var request = stores.NewRequest("ListTables", "{}");
        var (status, answer) = await StoresProcess.SendAsync(request);
        await Assert.That(status).IsEqualTo(HttpStatusCode.BadRequest);
        await Assert.That((string)answer["__type"]!)
            .IsEqualTo("com.amazon.coral.service#MissingAuthenticationTokenException");
    }

    [Test]
    public async Task A_presigned_request_works_for_its_body_and_no_other()
    {
        await using var stores = await StoresProcess.StartAsync();
        using var good = Presigner.NewRequest(stores, "ListTables", "{}");
        using var changed = Presigner.NewRequest(stores, "ListTables", "{}");
        changed.Content = new ByteArrayContent("""{"Limit": 1}"""u8.ToArray());
        changed.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-amz-json-1.0");
        var (status, answer) = await StoresProcess.SendAsync(good);
        var (refused, refusal) = await StoresProcess.SendAsync(changed);
        await Assert.That(status).IsEqualTo(HttpStatusCode.OK);
        await Assert.That(answer.ToJsonString()).IsEqualTo("""{"TableNames":[]}""");
        await Assert.That(refused).IsEqualTo(HttpStatusCode.BadRequest);
        await Assert.That((string)refusal["__type"]!).EndsWith("#InvalidSignatureException");
    }

    [Test]
    [Arguments(-120, "Signature expired: ")]
    [Arguments(1200, "Signature not yet current: ")]
    public async Task A_presigned_request_works_in_its_time_alone(int seconds, string message)
    {
        await using var stores = await StoresProcess.StartAsync();
        using var request = Presigner.NewRequest(
            stores, "ListTables", "{}", at: DateTime.UtcNow + TimeSpan.FromSeconds(seconds));
        var (status, answer) = await StoresProcess.SendAsync(request);
        await Assert.That(status).IsEqualTo(HttpStatusCode.BadRequest);
        await Assert.That((string)answer["message"]!).StartsWith(message);
    }

    [Test]
    public async Task Stores_without_credentials_take_requests_of_anybody_on_the_machine()
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var request = stores.NewRequest("ListTables", "{}");
        using var client = stores.NewClient(secret: "any");
        var (status, _) = await StoresProcess.SendAsync(request);
        await Assert.That(status).IsEqualTo(HttpStatusCode.OK);
        await Assert.That((await client.ListTablesAsync()).HttpStatusCode).IsEqualTo(HttpStatusCode.OK);
    }
}

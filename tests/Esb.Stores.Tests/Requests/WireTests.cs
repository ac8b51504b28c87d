using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Esb.Stores.Tests.Serving;

namespace Esb.Stores.Tests.Requests;

/// <summary>What requests and answers look like on the wire.</summary>
public sealed class WireTests
{
    [Test]
    public async Task A_request_may_be_compressed_by_gzip()
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var request = stores.NewRequest("ListTables", "");
        request.Content = Compressed("""{"Limit": 0}""");
        var (status, answer) = await StoresProcess.SendAsync(request);
        await Assert.That(status).IsEqualTo(HttpStatusCode.BadRequest);
        await Assert.That((string)answer["message"]!).IsEqualTo(
            "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value "
            + "greater than or equal to 1");
    }

    [Test]
    public async Task A_request_that_is_not_what_its_header_says_is_refused()
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var request = stores.NewRequest("ListTables", "{}");
        request.Content!.Headers.ContentEncoding.Add("gzip");
        var (status, answer) = await StoresProcess.SendAsync(request);
        await Assert.That(status).IsEqualTo(HttpStatusCode.BadRequest);
        await Assert.That((string)answer["Message"]!).IsEqualTo("The body is not compressed by gzip.");
    }

    [Test]
    public async Task A_body_that_unpacks_to_more_than_16_MB_is_refused()
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var request = stores.NewRequest("ListTables", "");
        request.Content = Compressed(new string(' ', (16 * 1024 * 1024) + 1));
        var (status, answer) = await StoresProcess.SendAsync(request);
        await Assert.That(status).IsEqualTo(HttpStatusCode.RequestEntityTooLarge);
        await Assert.That((string)answer["__type"]!).EndsWith("#RequestEntityTooLargeException");
    }

    [Test]
    public async Task An_answer_has_the_checksum_of_its_bytes_and_an_id()
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var client = new HttpClient();
        using var request = stores.NewRequest("ListTables", "{}");
        using var answer = await client.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        await Assert.That(Encoding.UTF8.GetString(body)).IsEqualTo("""{"TableNames":[]}""");
        await Assert.That(answer.Headers.GetValues("x-amz-crc32").Single()).IsEqualTo(Checksum(body));
        await Assert.That(answer.Headers.GetValues("x-amzn-RequestId").Single().Length).IsEqualTo(52);
        await Assert.That(answer.Content.Headers.ContentType!.MediaType).IsEqualTo("application/x-amz-json-1.0");
    }

    [Test]
    public async Task A_long_answer_is_compressed_for_who_asks_and_has_the_checksum_of_what_was_sent()
    {
        await using var stores = await StoresProcess.StartAsync();
        using var sdk = stores.NewClient();
        await Things.CreateAsync(sdk);
        await Things.PutAsync(sdk, "a", new string('x', 5000));
        using var request = Presigner.NewRequest(stores, "Scan", """{"TableName": "things"}""");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        using var client = new HttpClient();
        using var answer = await client.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        var document = await JsonNode.ParseAsync(gzip);
        await Assert.That(answer.Content.Headers.ContentEncoding.Single()).IsEqualTo("gzip");
        await Assert.That(answer.Headers.GetValues("x-amz-crc32").Single()).IsEqualTo(Checksum(body));
        await Assert.That(body.Length).IsLessThan(500);
        await Assert.That((int)document!["Count"]!).IsEqualTo(1);
    }

    [Test]
    [Arguments("DynamoDB_20120810.Nothing", "{}", "com.amazon.coral.service#UnknownOperationException")]
    [Arguments("Other_20120810.ListTables", "{}", "com.amazon.coral.service#UnknownOperationException")]
    [Arguments("DynamoDB_20120810.ListTables", "{", "com.amazon.coral.service#SerializationException")]
    [Arguments("DynamoDB_20120810.ListTables", "[]", "com.amazon.coral.service#SerializationException")]
    public async Task What_is_no_request_of_the_service_is_refused(string target, string body, string type)
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var request = stores.NewRequest("", body);
        request.Headers.Remove("X-Amz-Target");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        var (status, answer) = await StoresProcess.SendAsync(request);
        await Assert.That(status).IsEqualTo(HttpStatusCode.BadRequest);
        await Assert.That((string)answer["__type"]!).IsEqualTo(type);
    }

    [Test]
    public async Task Health_needs_no_signature()
    {
        await using var stores = await StoresProcess.StartAsync();
        using var client = new HttpClient();
        await Assert.That(await client.GetStringAsync(new Uri(stores.Address, "/-/health"))).IsEqualTo("ok");
    }

    private static ByteArrayContent Compressed(string text)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        var content = new ByteArrayContent(compressed.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/x-amz-json-1.0");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private static string Checksum(byte[] body) => Crc32.HashToUInt32(body).ToString(CultureInfo.InvariantCulture);
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.S3;
using Esb.Stores.Tests.Serving;

namespace Esb.Stores.Tests.Requests;

/// <summary>One address serves several services, which are told apart by the request.</summary>
public sealed class ServiceTests
{
    private const string Signed = "AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/eu-west-1/{0}/aws4_request, "
        + "SignedHeaders=host, Signature=0";

    [Test]
    public async Task One_address_serves_the_sdks_of_tables_and_of_objects()
    {
        await using var stores = await StoresProcess.StartAsync();
        using var tables = stores.NewClient();
        using var objects = NewObjects(stores);
        await Things.CreateAsync(tables);
        await Things.PutAsync(tables, "a", "x");
        await objects.PutBucketAsync("bucket");
        await objects.PutObjectAsync(new() { BucketName = "bucket", Key = "a", ContentBody = "y" });
        using var read = await objects.GetObjectAsync("bucket", "a");
        using var text = new StreamReader(read.ResponseStream);
        await Assert.That(await text.ReadToEndAsync()).IsEqualTo("y");
        await Assert.That(await Things.GetAsync(tables, "a")).IsEqualTo("x");
        await Assert.That(Directory.EnumerateDirectories(stores.Folder).Select(folder => Path.GetFileName(folder)!))
            .IsEquivalentTo(["objects", "tables"]);
    }

    [Test]
    public async Task The_target_counts_before_the_scope_of_the_signature()
    {
        await using var stores = await StoresProcess.StartAsync();
        using var request = stores.NewRequest("ListTables", "{}");
        request.Headers.TryAddWithoutValidation("X-Amz-Date", "20260101T000000Z");
        request.Headers.TryAddWithoutValidation("Authorization", Scoped("s3"));
        var (status, answer) = await StoresProcess.SendAsync(request);
        await Assert.That(status).IsEqualTo(HttpStatusCode.BadRequest);
        await Assert.That((string)answer["message"]!).StartsWith("Credential should be scoped to correct service");
    }

    [Test]
    public async Task Json_without_a_target_is_for_tables_and_anything_else_is_for_objects()
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var json = stores.NewRequest("", "{}");
        json.Headers.Remove("X-Amz-Target");
        var (_, refusal) = await StoresProcess.SendAsync(json);
        using var client = new HttpClient();
        await Assert.That((string)refusal["__type"]!).EndsWith("#UnknownOperationException");
        await Assert.That(await client.GetStringAsync(stores.Address)).Contains("<ListAllMyBucketsResult");
    }

    [Test]
    public async Task A_service_that_is_not_there_is_named_in_the_form_of_its_json_protocol()
    {
        await using var stores = await StoresProcess.StartAsync();
        using var request = stores.NewRequest("", "{}");
        request.Headers.Remove("X-Amz-Target");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "AmazonSSM.GetParameter");
        var (status, answer) = await StoresProcess.SendAsync(request);
        await Assert.That(status).IsEqualTo(HttpStatusCode.BadRequest);
        await Assert.That((string)answer["__type"]!).IsEqualTo("com.amazon.coral.service#UnknownOperationException");
        await Assert.That((string)answer["message"]!)
            .IsEqualTo("AmazonSSM.GetParameter is not served here: s3 and dynamodb are.");
    }

    [Test]
    public async Task A_service_that_is_not_there_is_named_in_the_form_of_its_query_protocol()
    {
        await using var stores = await StoresProcess.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, stores.Address);
        request.Headers.TryAddWithoutValidation("Authorization", Scoped("sns"));
        request.Content = new StringContent(
            "Action=ListTopics&Version=2010-03-31", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var client = new HttpClient();
        using var answer = await client.SendAsync(request);
        var error = XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!.Element("Error")!;
        await Assert.That(answer.StatusCode).IsEqualTo(HttpStatusCode.BadRequest);
        await Assert.That(error.Element("Code")!.Value).IsEqualTo("InvalidAction");
        await Assert.That(error.Element("Message")!.Value)
            .IsEqualTo("The service 'sns' is not served here: s3 and dynamodb are.");
    }

    [Test]
    public async Task A_service_that_is_not_there_is_named_in_the_form_of_its_rest_protocol()
    {
        await using var stores = await StoresProcess.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stores.Address, "/2015-03-31/functions"));
        request.Headers.TryAddWithoutValidation("Authorization", Scoped("lambda"));
        using var client = new HttpClient();
        using var answer = await client.SendAsync(request);
        var document = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        await Assert.That(answer.StatusCode).IsEqualTo(HttpStatusCode.BadRequest);
        await Assert.That(answer.Headers.GetValues("x-amzn-ErrorType").Single()).IsEqualTo("UnknownOperationException");
        await Assert.That((string)document["message"]!).Contains("'lambda'");
    }

    private static string Scoped(string service) => Signed.Replace("{0}", service, StringComparison.Ordinal);

    private static AmazonS3Client NewObjects(StoresProcess stores) =>
        new(new BasicAWSCredentials(StoresProcess.AccessKey, StoresProcess.Secret), new AmazonS3Config
        {
            ServiceURL = stores.Address.AbsoluteUri,
            AuthenticationRegion = StoresProcess.Region,
            ForcePathStyle = true,
            MaxErrorRetry = 0,
        });
}

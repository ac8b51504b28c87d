using System.Text;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Requests;

/// <summary>Headers that are stored with objects and buckets and must be returned in answers.</summary>
public sealed class StoredHeaderTests
{
    private const string Refused = "<Code>InvalidArgument</Code>";

    [Test]
    [Arguments("Content-Type")]
    [Arguments("Content-Disposition")]
    [Arguments("Content-Encoding")]
    [Arguments("Content-Language")]
    [Arguments("Cache-Control")]
    [Arguments("Expires")]
    [Arguments("x-amz-meta-a")]
    public async Task A_control_character_is_refused_wherever_the_header_is_taken_in(string header)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "old", [1]);
        var bad = $"{header}: a\u0001b";

        await Assert.That(await SendAsync(store, $"PUT /{bucket}/new HTTP/1.1\n{bad}")).Contains(Refused);
        await Assert.That(await SendAsync(store, $"PUT /{bucket}/new HTTP/1.1\n{header}: a\u007fb")).Contains(Refused);
        await Assert.That(await SendAsync(
            store,
            $"PUT /{bucket}/new HTTP/1.1\nx-amz-copy-source: /{bucket}/old\nx-amz-metadata-directive: REPLACE\n{bad}"))
            .Contains(Refused);
        await Assert.That(await SendAsync(store, $"POST /{bucket}/new?uploads HTTP/1.1\n{bad}")).Contains(Refused);
        using var form = await new PostedForm(store, bucket).With(header, "a\u0001b")
            .PostAsync(fields => fields.Remove("policy"));
        await Assert.That(await form.Content.ReadAsStringAsync()).Contains(Refused);
        await Assert.That(
            (await store.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket })).KeyCount)
            .IsEqualTo(1);
        await Assert.That(await SendAsync(store, $"PUT /{bucket}/tab HTTP/1.1\n{header}: a\tb"))
            .StartsWith("HTTP/1.1 200");
        await Assert.That(await SendAsync(store, $"GET /{bucket}/tab HTTP/1.1")).StartsWith("HTTP/1.1 200");
    }

    [Test]
    public async Task A_presigned_url_does_not_let_its_holder_store_a_control_character()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        var url = Presigner.Version4(store, "PUT", $"/{bucket}/new");
        await Assert.That(await SendAsync(store, $"PUT {url.PathAndQuery} HTTP/1.1\nContent-Type: a\u0001b"))
            .Contains(Refused);
        var hoisted = Presigner.Version4(
            store, "PUT", $"/{bucket}/new", new Dictionary<string, string> { ["x-amz-meta-a"] = "a\u0001b" });
        await Assert.That(await SendAsync(store, $"PUT {hoisted.PathAndQuery} HTTP/1.1")).Contains(Refused);
    }

    [Test]
    public async Task A_field_of_a_form_that_is_no_name_of_a_header_is_refused()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        using var form = await new PostedForm(store, bucket).With("x-amz-meta-a b", "c")
            .PostAsync(fields => fields.Remove("policy"));
        await Assert.That(await form.Content.ReadAsStringAsync()).Contains(Refused);
    }

    [Test]
    public async Task What_was_stored_with_control_characters_is_served_without_them()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        await SendAsync(store, $"PUT /{bucket}/old HTTP/1.1\nContent-Type: text/~~~~~~plain\nx-amz-meta-a: b~~~~~~c");
        var file = Directory.GetFiles(Path.Combine(store.Folder, "buckets", bucket, "objects")).Single();
        await File.WriteAllBytesAsync(file, Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(
            await File.ReadAllBytesAsync(file)).Replace("~~~~~~", "\\u0001", StringComparison.Ordinal)));

        var answer = await SendAsync(store, $"GET /{bucket}/old HTTP/1.1");

        await Assert.That(answer).StartsWith("HTTP/1.1 200").And.Contains("Content-Type: text/plain\r\n")
            .And.Contains("x-amz-meta-a: bc\r\n");
        await Assert.That(await SendAsync(store, $"HEAD /{bucket}/old HTTP/1.1")).StartsWith("HTTP/1.1 200");
    }

    [Test]
    public async Task A_region_that_no_header_can_carry_is_refused()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        const string document =
            "<CreateBucketConfiguration><LocationConstraint>a\nb</LocationConstraint></CreateBucketConfiguration>";
        var body = Encoding.UTF8.GetBytes(document);
        await Assert.That(
            await RawRequest.SendAsync(store.Port, $"PUT /bucket HTTP/1.1\nContent-Length: {body.Length}", body))
            .Contains("<Code>InvalidLocationConstraint</Code>");
    }

    [Test]
    public async Task A_preflight_with_characters_that_no_header_can_carry_is_refused()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        await store.Client.PutCORSConfigurationAsync(bucket, new CORSConfiguration
        {
            Rules = [new CORSRule
            {
                AllowedMethods = ["GET"],
                AllowedOrigins = ["http://*.example"],
                AllowedHeaders = ["*"],
            }],
        });
        await Assert.That(await SendAsync(store, $"OPTIONS /{bucket}/a HTTP/1.1\nOrigin: "
            + "http://a.example\nAccess-Control-Request-Method: GET\nAccess-Control-Request-Headers: a\u0001b"))
            .StartsWith("HTTP/1.1 403");
        await Assert.That(await SendAsync(
            store, $"OPTIONS /{bucket}/a HTTP/1.1\nOrigin: http://a\u0001.example\nAccess-Control-Request-Method: GET"))
            .StartsWith("HTTP/1.1 403");
        await Assert.That(await SendAsync(store, $"OPTIONS /{bucket}/a HTTP/1.1\nOrigin: "
            + "http://a.example\nAccess-Control-Request-Method: GET\nAccess-Control-Request-Headers: a"))
            .StartsWith("HTTP/1.1 200");
    }

    private static Task<string> SendAsync(Store store, string head) =>
        RawRequest.SendAsync(store.Port, head + "\nContent-Length: 0", []);
}

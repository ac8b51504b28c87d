using System.Text;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Requests;

/// <summary>Forms from clients that never finish.</summary>
public sealed class FormBoundTests
{
    private const string Field = "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\na\r\n";

    [Test]
    [Arguments("--b\r\nContent-Disposition: form-data; name=\"", "a")]
    [Arguments("--b\r\nA: ", "a")]
    [Arguments("--b\r\n", "\r")]
    [Arguments("--b", " ")]
    [Arguments("--b\r\n", "A: b\r\n")]
    [Arguments("--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n", "a")]
    [Arguments(Field + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"", "a")]
    [Arguments(Field + "--b\r\nContent-Disposition: form-data; name=\"file\"\r\nA: ", "a")]
    [Arguments("a preamble", "a")]
    public async Task What_stands_before_the_file_and_does_not_end_is_refused_while_it_comes(
        string beginning,
        string endless)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();

        var answer = await FirstOfAnswerAsync(
            store, bucket, beginning + string.Concat(Enumerable.Repeat(endless, 300_000 / endless.Length)));

        await Assert.That(answer).StartsWith("HTTP/1.1 400").And.Contains("<Code>MaxPostPreDataLengthExceeded</Code>");
    }

    [Test]
    public async Task What_stands_behind_the_file_is_not_read()
    {
        const string File = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ncontent\r\n--b";
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();

        var answer = await FirstOfAnswerAsync(store, bucket, Field + File + new string('a', 300_000));

        await Assert.That(answer).StartsWith("HTTP/1.1 204");
        await Assert.That(await store.Client.GetBytesAsync(bucket, "a")).IsEquivalentTo("content"u8.ToArray());
    }

    [Test]
    public async Task A_file_may_hold_what_looks_like_the_beginning_of_a_delimiter_anywhere()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        var file = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(0, 5000)
            .Select(i => $"\r\n--a{new string('x', i % 31)}\r\n-")));

        using var answer = await new PostedForm(store, bucket) { File = file }
            .PostAsync(fields => fields.Remove("policy"));

        await Assert.That((int)answer.StatusCode).IsEqualTo(204);
        await Assert.That(Content.Hash(await store.Client.GetBytesAsync(bucket, "uploads/a.txt")))
            .IsEqualTo(Content.Hash(file));
    }

    [Test]
    public async Task A_key_that_asks_for_the_name_of_the_file_a_thousand_times_is_too_long_before_it_is_written_out()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        var form = new PostedForm(store, bucket) { FileName = new string('a', 3000) }
            .With("key", string.Concat(Enumerable.Repeat("${filename}", 1000)));

        using var answer = await form.PostAsync(fields => fields.Remove("policy"));

        await Assert.That(await answer.Content.ReadAsStringAsync()).Contains("<Code>KeyTooLongError</Code>");
    }

    [Test]
    public async Task A_policy_opens_no_bucket_that_it_does_not_name()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();

        using var answer = await new PostedForm(store, bucket) { NamesBucket = false }
            .Where("""["starts-with", "$key", ""]""")
            .PostAsync();

        await Assert.That((int)answer.StatusCode).IsEqualTo(403);
        await Assert.That(await answer.Content.ReadAsStringAsync()).Contains("Extra input fields: bucket");
        await Assert.That(
            (await store.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket })).KeyCount)
            .IsEqualTo(0);
    }

    [Test]
    [Arguments("Origin", "http://evil.example")]
    [Arguments("Sec-Fetch-Site", "cross-site")]
    [Arguments("X-Forwarded-For", "10.0.0.7")]
    public async Task A_store_without_credentials_accepts_no_form_of_a_foreign_page_or_through_a_proxy(
        string header,
        string value)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();

        var answer = await FirstOfAnswerAsync(store, bucket, Field, $"\n{header}: {value}");

        await Assert.That(answer).StartsWith("HTTP/1.1 403");
    }

    // The rest of the body never comes, so a server that waits for it never answers.
    private static async Task<string> FirstOfAnswerAsync(Store store, string bucket, string body, string headers = "")
    {
        using var connection = await RawRequest.OpenAsync(
            store.Port,
            $"POST /{bucket} HTTP/1.1\nContent-Type: multipart/form-data; boundary=b\nContent-Length: "
                + $"5000000000{headers}",
            Encoding.Latin1.GetBytes(body));
        using var patience = new CancellationTokenSource(Waits.Longest);
        using var answer = new StreamReader(connection.GetStream(), Encoding.Latin1);
        var text = new StringBuilder();
        var piece = new char[1024];
        while (!IsWhole(text.ToString()))
            text.Append(piece, 0, await answer.ReadAsync(piece, patience.Token) is > 0 and var count
                ? count
                : throw new IOException("no answer"));
        return text.ToString();
    }

    private static bool IsWhole(string answer) => answer.StartsWith("HTTP/1.1 204", StringComparison.Ordinal)
        ? answer.EndsWith("\r\n\r\n", StringComparison.Ordinal)
        : answer.EndsWith("</Error>", StringComparison.Ordinal);
}

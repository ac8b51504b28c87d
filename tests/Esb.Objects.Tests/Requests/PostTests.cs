using System.Globalization;
using System.Text;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Requests;

/// <summary>Forms that browsers post, under a policy that somebody else has signed.</summary>
public sealed class PostTests
{
    private const string Usual = """["starts-with", "$key", "uploads/"]""";

    [Test]
    public async Task A_form_within_its_policy_becomes_an_object_with_the_fields_as_its_headers()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        var form = new PostedForm(store, bucket) { FileName = @"C:\pictures\é.png" }
            .With("Content-Type", "image/png")
            .With("x-amz-meta-colour", "grün")
            .With("tagging", "<Tagging><TagSet><Tag><Key>team</Key><Value>shop</Value></Tag></TagSet></Tagging>")
            .With("x-ignore-me", "x")
            .Where(Usual).Where($$"""{"bucket": "{{bucket}}"}""").Where(
                """["starts-with", "$Content-Type", "image/"]""").Where("""["eq", "$x-amz-meta-colour", "grün"]""")
            .Where("""["starts-with", "$tagging", ""]""").Where("""["content-length-range", 1, 1000]""");

        using var answer = await form.PostAsync();

        await Assert.That((int)answer.StatusCode).IsEqualTo(204).Because(await answer.Content.ReadAsStringAsync());
        using var read = await store.Client.GetObjectAsync(
            new GetObjectRequest { BucketName = bucket, Key = "uploads/é.png" });
        await Assert.That(read.Headers.ContentType).IsEqualTo("image/png");
        await Assert.That(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(read.Metadata["x-amz-meta-colour"])))
            .IsEqualTo("grün");
        await Assert.That(answer.Headers.ETag!.Tag).IsEqualTo($"\"{Content.Md5("content"u8.ToArray())}\"");
        await Assert.That((await store.Client.GetObjectTaggingAsync(
            new GetObjectTaggingRequest { BucketName = bucket, Key = "uploads/é.png" })).Tagging.Single().Value)
            .IsEqualTo("shop");
    }

    [Test]
    [Arguments(
        """["starts-with", "$key", "other/"]""", "Policy Condition failed: [\"starts-with\", \"$key\", \"other/\"]")]
    [Arguments("""["eq", "$key", "uploads/b.txt"]""", "Policy Condition failed")]
    [Arguments("""{"acl": "private"}""", "Policy Condition failed")]
    [Arguments("""{"bucket": "another-bucket"}""", "Policy Condition failed")]
    [Arguments("""["starts-with", "$x-amz-meta-a", "b"]""", "Policy Condition failed")]
    public async Task A_form_outside_of_its_policy_is_refused_and_nothing_is_stored(string condition, string reason)
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();

        using var answer = await new PostedForm(store, bucket).Where(Usual).Where(condition).PostAsync();
        using var extra = await new PostedForm(store, bucket).Where(Usual).With("x-amz-meta-more", "x").PostAsync();

        await Assert.That((int)answer.StatusCode).IsEqualTo(403);
        await Assert.That(System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()))
            .Contains("<Code>AccessDenied</Code>")
            .And.Contains(reason);
        await Assert.That(await extra.Content.ReadAsStringAsync()).Contains("Extra input fields: x-amz-meta-more");
        await Assert.That(
            (await store.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket })).KeyCount)
            .IsEqualTo(0);
    }

    [Test]
    [Arguments("""{"key": "uploads/a.txt"}""")]
    [Arguments("""{"key": "uploads/${filename}"}""")]
    [Arguments("""["eq", "$KEY", "uploads/a.txt"]""")]
    [Arguments("""["starts-with", "$key", ""]""")]
    public async Task A_condition_on_the_key_may_have_its_placeholder_or_the_result(string condition)
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();

        using var answer = await new PostedForm(store, bucket).Where(condition).PostAsync();

        await Assert.That((int)answer.StatusCode).IsEqualTo(204);
        await Assert.That(await store.Client.GetBytesAsync(bucket, "uploads/a.txt"))
            .IsEquivalentTo("content"u8.ToArray());
    }

    [Test]
    [Arguments(0, 6, 400, "EntityTooLarge")]
    [Arguments(0, 7, 204, "")]
    [Arguments(7, 7, 204, "")]
    [Arguments(8, 100, 400, "EntityTooSmall")]
    public async Task A_file_must_have_a_size_that_the_policy_allows(int least, int most, int status, string code)
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();

        using var answer = await new PostedForm(store, bucket).Where(Usual).Where(string.Create(
            CultureInfo.InvariantCulture, $"""["content-length-range", {least}, {most}]""")).PostAsync();

        await Assert.That((int)answer.StatusCode).IsEqualTo(status);
        await Assert.That(await answer.Content.ReadAsStringAsync()).Contains(code);
        await Assert.That(
            (await store.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket })).KeyCount)
            .IsEqualTo(status == 204 ? 1 : 0);
    }

    [Test]
    public async Task A_policy_that_is_late_changed_for_another_service_or_missing_lets_nobody_in()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        using var late = await new PostedForm(store, bucket) { Expiration = DateTimeOffset.UtcNow.AddMinutes(-1) }
            .Where(Usual)
            .PostAsync();
        using var changed = await new PostedForm(store, bucket).Where(Usual).PostAsync(fields =>
            fields["policy"] = Convert.ToBase64String("""{"expiration":"2099-01-01T00:00:00Z","conditions":[]}"""u8));
        using var service = await new PostedForm(store, bucket) { Service = "lambda" }.Where(Usual).PostAsync();
        using var none = await new PostedForm(store, bucket).Where(Usual).PostAsync(fields => fields.Remove("policy"));
        using var unsigned = await new PostedForm(store, bucket).Where(Usual)
            .PostAsync(fields => fields.Remove("x-amz-signature"));

        await Assert.That(await late.Content.ReadAsStringAsync()).Contains("Policy expired");
        await Assert.That(await changed.Content.ReadAsStringAsync()).Contains("<Code>SignatureDoesNotMatch</Code>");
        await Assert.That((
            (int)late.StatusCode,
            (int)changed.StatusCode,
            (int)service.StatusCode,
            (int)none.StatusCode,
            (int)unsigned.StatusCode)).IsEqualTo((403, 403, 400, 403, 403));
        await Assert.That(
            (await store.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket })).KeyCount)
            .IsEqualTo(0);
    }

    [Test]
    public async Task The_form_chooses_the_answer()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        PostedForm Form() => new PostedForm(store, bucket).Where(Usual);
        using var created =
            await Form().With("success_action_status", "201").Where("""{"success_action_status": "201"}""").PostAsync();
        using var plain =
            await Form().With("success_action_status", "200").Where("""{"success_action_status": "200"}""").PostAsync();
        using var other =
            await Form().With("success_action_status", "500").Where("""{"success_action_status": "500"}""").PostAsync();
        using var redirected = await Form().With("success_action_redirect", "https://shop.example/done?a=b").Where(
            """["starts-with", "$success_action_redirect", "https://shop.example/"]""").PostAsync();
        using var nowhere = await Form().With("success_action_redirect", "javascript:alert(1)").Where(
            """["starts-with", "$success_action_redirect", ""]""").PostAsync();

        await Assert.That((int)created.StatusCode).IsEqualTo(201);
        await Assert.That(await created.Content.ReadAsStringAsync()).Contains(
            $"<PostResponse><Location>{store.Address}{bucket}/uploads/a.txt</Location>"
            + $"<Bucket>{bucket}</Bucket><Key>uploads/a.txt</Key><ETag>");
        await Assert.That(((int)plain.StatusCode, (int)other.StatusCode, (int)nowhere.StatusCode))
            .IsEqualTo((200, 204, 204));
        await Assert.That((int)redirected.StatusCode).IsEqualTo(303);
        await Assert.That(redirected.Headers.Location!.OriginalString).IsEqualTo(
            $"https://shop.example/done?a=b&bucket={bucket}&key=uploads%2Fa.txt"
            + $"&etag=%22{Content.Md5("content"u8.ToArray())}%22");
    }

    [Test]
    [Arguments(
        "--b\nContent-Disposition: form-data; name=\"key\"\n\na\n--b--\n", "POST requires exactly one file upload")]
    [Arguments("no boundary at all", "MalformedPOSTRequest")]
    [Arguments("--b\nContent-Disposition: form-data; name=\"key\"\n\na", "MalformedPOSTRequest")]
    [Arguments("--b\n\na\n--b--\n", "MalformedPOSTRequest")]
    public async Task A_form_without_a_file_is_refused_with_the_reason(string body, string reason)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        using var http = new HttpClient();
        using var content = new StringContent(body.ReplaceLineEndings("\r\n"));
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        using var answer = await http.PostAsync(new Uri(store.Address, $"/{bucket}"), content);

        await Assert.That((int)answer.StatusCode).IsEqualTo(400);
        await Assert.That(await answer.Content.ReadAsStringAsync()).Contains(reason);
    }

    [Test]
    public async Task Fields_before_the_file_have_a_limit()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();

        using var answer =
            await new PostedForm(store, bucket).Where(Usual).With("x-ignore-much", new string('x', 30_000)).PostAsync();

        await Assert.That(await answer.Content.ReadAsStringAsync())
            .Contains("<Code>MaxPostPreDataLengthExceeded</Code>");
    }
}

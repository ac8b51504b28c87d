using System.Text;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Access;

/// <summary>A denial under a condition holds for the requests that meet it on AWS.</summary>
public sealed class ConditionKeyTests
{
    private const string Lock =
        "&x-amz-object-lock-mode=GOVERNANCE&x-amz-object-lock-retain-until-date=2099-01-01T00:00:00Z";

    [Test]
    [Arguments("""{"StringEquals":{"s3:authType":"REST-QUERY-STRING"}}""", "GET k", true)]
    [Arguments("""{"StringEquals":{"s3:authType":"REST-HEADER"}}""", "GET k", false)]
    [Arguments("""{"StringEquals":{"s3:signatureversion":"AWS4-HMAC-SHA256"}}""", "GET k", true)]
    [Arguments("""{"StringEquals":{"s3:signatureversion":"AWS"}}""", "GET k", false)]
    [Arguments("""{"NumericGreaterThanEquals":{"s3:signatureAge":"0"}}""", "GET k", true)]
    [Arguments("""{"NumericGreaterThan":{"s3:signatureAge":"600000"}}""", "GET k", false)]
    [Arguments("""{"StringEquals":{"s3:x-amz-content-sha256":"UNSIGNED-PAYLOAD"}}""", "GET k", true)]
    [Arguments("""{"StringNotEquals":{"s3:x-amz-content-sha256":"UNSIGNED-PAYLOAD"}}""", "GET k", false)]
    [Arguments("""{"StringEquals":{"aws:RequestedRegion":"us-east-1"}}""", "GET k", true)]
    [Arguments("""{"Bool":{"aws:ViaAWSService":"false"}}""", "GET k", true)]
    [Arguments("""{"NumericLessThan":{"s3:TlsVersion":"1.2"}}""", "GET k", false)]
    [Arguments("""{"StringLike":{"S3:VERSIONID":"*"}}""", "GET k?versionId=null", true)]
    [Arguments("""{"StringLike":{"s3:VersionId":"*"}}""", "GET k", false)]
    [Arguments("""{"ForAnyValue:StringEquals":{"s3:RequestObjectTagKeys":["a"]}}""", "PUT n?x-amz-tagging=a%3Db", true)]
    [Arguments(
        """{"ForAnyValue:StringEquals":{"s3:RequestObjectTagKeys":["a"]}}""",
        "PUT n?x-amz-tagging=c%3Db", false)]
    [Arguments("""{"ForAnyValue:StringNotEquals":{"s3:RequestObjectTagKeys":["a"]}}""", "PUT n", false)]
    [Arguments(
        """{"ForAnyValue:StringNotEquals":{"s3:RequestObjectTagKeys":["a"]}}""",
        "PUT n?x-amz-tagging=a%3D1%26b%3D1", true)]
    [Arguments(
        """{"ForAllValues:StringEquals":{"s3:RequestObjectTagKeys":["a"]}}""",
        "PUT n?x-amz-tagging=a%3D1%26b%3D1", false)]
    [Arguments("""{"ForAllValues:StringEquals":{"s3:RequestObjectTagKeys":["a"]}}""", "PUT n", true)]
    [Arguments("""{"StringEquals":{"s3:RequestObjectTag/a":"b"}}""", "PUT n?x-amz-tagging=a%3Db", true)]
    [Arguments("""{"StringEquals":{"s3:RequestObjectTag/a":"b"}}""", "PUT k?tagging= TAGS", true)]
    [Arguments("""{"StringEquals":{"s3:RequestObjectTag/a":"c"}}""", "PUT k?tagging= TAGS", false)]
    [Arguments("""{"Null":{"s3:RequestObjectTagKeys":"true"}}""", "PUT k?tagging= TAGS", false)]
    [Arguments("""{"StringEquals":{"s3:RequestObjectTag/t":"1"}}""", "PUT n?x-amz-copy-source=B/k", true)]
    [Arguments("""{"StringEquals":{"s3:ExistingObjectTag/t":"1"}}""", "GET k", true)]
    [Arguments("""{"StringEquals":{"s3:object-lock-mode":"GOVERNANCE"}}""", "PUT n?a=" + Lock, true)]
    [Arguments("""{"StringEquals":{"s3:object-lock-mode":"GOVERNANCE"}}""", "PUT k?retention= LOCK", true)]
    [Arguments("""{"StringEquals":{"s3:object-lock-mode":"COMPLIANCE"}}""", "PUT k?retention= LOCK", false)]
    [Arguments("""{"NumericGreaterThan":{"s3:object-lock-remaining-retention-days":"10"}}""", "PUT n?a=" + Lock, true)]
    [Arguments(
        """{"NumericGreaterThan":{"s3:object-lock-remaining-retention-days":"10"}}""",
        "PUT k?retention= LOCK", true)]
    [Arguments(
        """{"NumericLessThan":{"s3:object-lock-remaining-retention-days":"10"}}""",
        "PUT k?retention= LOCK", false)]
    [Arguments(
        """{"DateGreaterThan":{"s3:object-lock-retain-until-date":"2098-01-01T00:00:00Z"}}""",
        "PUT n?a=" + Lock, true)]
    [Arguments(
        """{"DateGreaterThan":{"s3:object-lock-retain-until-date":"2098-01-01T00:00:00Z"}}""",
        "PUT k?retention= LOCK", true)]
    [Arguments(
        """{"StringEquals":{"s3:object-lock-legal-hold":"ON"}}""",
        "PUT n?x-amz-object-lock-legal-hold=ON", true)]
    [Arguments("""{"StringEquals":{"s3:object-lock-legal-hold":"ON"}}""", "PUT k?legal-hold= HOLD", true)]
    [Arguments("""{"StringEquals":{"s3:object-lock-legal-hold":"OFF"}}""", "PUT k?legal-hold= HOLD", false)]
    [Arguments("""{"Null":{"s3:if-none-match":"true"}}""", "PUT n", true)]
    [Arguments("""{"Null":{"s3:if-none-match":"true"}}""", "PUT n NONE", false)]
    [Arguments(
        """{"Null":{"s3:if-none-match":"true"},"Bool":{"s3:ObjectCreationOperation":"true"}}""",
        "POST n?uploads=", false)]
    [Arguments("""{"Null":{"s3:if-none-match":"true"},"Bool":{"s3:ObjectCreationOperation":"true"}}""", "PUT n", true)]
    [Arguments("""{"Bool":{"s3:ObjectCreationOperation":"false"}}""", "POST n?uploads=", true)]
    [Arguments("""{"StringLike":{"s3:x-amz-copy-source":"B/k"}}""", "PUT n?x-amz-copy-source=/B/%256b", true)]
    [Arguments("""{"StringLike":{"s3:x-amz-copy-source":"/B/*"}}""", "PUT n?x-amz-copy-source=B/k", true)]
    [Arguments("""{"StringEquals":{"s3:x-amz-acl":"private"}}""", "PUT n?x-amz-acl=private", true)]
    [Arguments("""{"Null":{"aws:PrincipalOrgID":"true"}}""", "GET k", true)]
    [Arguments("""{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}""", "GET k", true)]
    public async Task It_denies_what_has_the_value_and_nothing_else(string condition, string request, bool isDenied)
    {
        await using var store = await Store.StartAsync();
        var bucket = await BucketAsync(store);
        var parts = request.Replace("B/", $"{bucket}/").Split(' ');
        var url = parts[1].Split('?', 2);
        var query = url.Length == 1
            ? []
            : url[1].Split('&').Where(p => p != "a=").Select(p => p.Split('=', 2))
                .ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]));
        await DenyAsync(store, bucket, condition);

        var status = await SendAsync(
            Presigner.Version4(store, parts[0], $"/{bucket}/{url[0]}", query), parts[0], parts.ElementAtOrDefault(2));

        await Assert.That(status == 403).IsEqualTo(isDenied).Because($"the answer is {status}");
    }

    [Test]
    public async Task A_header_and_a_url_of_version_2_are_told_apart()
    {
        await using var store = await Store.StartAsync();
        var bucket = await BucketAsync(store);

        await DenyAsync(store, bucket, """{"StringEquals":{"s3:authType":"REST-HEADER"}}""");
        await Assert.That(await Refusal.CodeOfAsync(() => store.Client.GetObjectAsync(bucket, "k")))
            .IsEqualTo("AccessDenied");
        await DenyAsync(store, bucket, """{"StringEquals":{"s3:signatureversion":"AWS"}}""");
        await store.Client.GetObjectAsync(bucket, "k");
        await Assert.That(await SendAsync(Presigner.Version2(store, "GET", $"/{bucket}/k"), "GET", null))
            .IsEqualTo(403);
        await DenyAsync(store, bucket, """{"NumericGreaterThan":{"s3:signatureAge":"0"}}""");
        await Assert.That(await SendAsync(Presigner.Version2(store, "GET", $"/{bucket}/k"), "GET", null))
            .IsEqualTo(200);
    }

    [Test]
    [Arguments("""{"StringEquals":{"s3:authType":"POST"}}""", 403)]
    [Arguments("""{"StringEquals":{"s3:RequestObjectTag/a":"b"}}""", 403)]
    [Arguments("""{"StringEquals":{"s3:x-amz-storage-class":"GLACIER"}}""", 403)]
    [Arguments("""{"StringEquals":{"s3:x-amz-acl":"private"}}""", 403)]
    [Arguments("""{"Null":{"s3:if-none-match":"true"}}""", 403)]
    [Arguments("""{"StringEquals":{"aws:Referer":"https://trusted.example/"}}""", 204)]
    public async Task The_fields_of_a_form_count_as_the_headers_that_they_stand_for(string condition, int status)
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        await DenyAsync(store, bucket, condition);
        var form = new PostedForm(store, bucket)
            .With("tagging", "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>")
            .With("x-amz-storage-class", "GLACIER").With("acl", "private").With("If-None-Match", "*")
            .With("Referer", "https://trusted.example/").Where("""["starts-with","$key",""]""");
        foreach (var field in new[] { "tagging", "x-amz-storage-class", "acl", "If-None-Match", "Referer" })
            form.Where($"""["starts-with","${field}",""]""");

        using var answer = await form.PostAsync();

        await Assert.That((int)answer.StatusCode).IsEqualTo(status);
    }

    [Test]
    [Arguments("s3:nosuch", "MalformedPolicy", "Policy has an invalid condition key: s3:nosuch")]
    [Arguments("s3:x-amz-nosuch", "MalformedPolicy", "Policy has an invalid condition key")]
    [Arguments("foo:x", "MalformedPolicy", "Policy has an invalid condition key")]
    [Arguments("aws:Nosuch", "MalformedPolicy", "Policy has an invalid condition key")]
    [Arguments("s3:ExistingObjectTag/", "MalformedPolicy", "Policy has an invalid condition key")]
    [Arguments("s3:BucketTag/team", "NotImplemented", "The condition key s3:BucketTag/team is not implemented")]
    [Arguments("aws:ResourceTag/team", "NotImplemented", "The condition key aws:ResourceTag/team")]
    [Arguments("lambda:SourceFunctionArn", "NotImplemented", "The condition key lambda:SourceFunctionArn")]
    public async Task A_key_that_would_have_no_effect_makes_the_policy_an_error(string key, string code, string message)
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();

        var error = await Assert.That(() => DenyAsync(store, bucket, $$$"""{"StringEquals":{"{{{key}}}":"1"}}"""))
            .Throws<Amazon.S3.AmazonS3Exception>();

        await Assert.That(error!.ErrorCode).IsEqualTo(code);
        await Assert.That(error.Message).Contains(message);
    }

    [Test]
    public async Task A_policy_variable_is_refused_in_values_and_resources()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();

        const string resource =
            """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::B/${aws:userid}/*"}""";

        await Assert.That(await Refusal.CodeOfAsync(() =>
            DenyAsync(store, bucket, """{"StringEquals":{"s3:prefix":"${aws:username}"}}""")))
            .IsEqualTo("NotImplemented");
        await Assert.That(await Refusal.CodeOfAsync(() => store.Client.PutBucketPolicyAsync(
            bucket, $"{{\"Statement\":{resource.Replace(":::B", $":::{bucket}")}}}"))).IsEqualTo("NotImplemented");
    }

    private static async Task<string> BucketAsync(Store store)
    {
        var bucket = $"bucket-{Guid.NewGuid():N}"[..20];
        await store.Client.PutBucketAsync(new PutBucketRequest
        {
            BucketName = bucket,
            ObjectLockEnabledForBucket = true,
        });
        await store.Client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = bucket,
            Key = "k",
            ContentBody = "1",
            TagSet = [new Tag { Key = "t", Value = "1" }],
        });
        return bucket;
    }

    private static async Task DenyAsync(Store store, string bucket, string condition) =>
        await store.Client.PutBucketPolicyAsync(
            bucket,
            $$$"""
              {"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*",
              "Resource":["arn:aws:s3:::B","arn:aws:s3:::B/*"],"Condition":{{{condition}}}}}
              """.Replace(":::B", $":::{bucket}").Replace("B/", $"{bucket}/"));

    private static async Task<int> SendAsync(Uri url, string method, string? what)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (what == "NONE")
            request.Headers.TryAddWithoutValidation("If-None-Match", "*");
        var body = Encoding.UTF8.GetBytes(what switch
        {
            "TAGS" => "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>",
            "LOCK" => "<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2099-01-01T00:00:00Z</RetainUntilDate>"
                + "</Retention>",
            "HOLD" => "<LegalHold><Status>ON</Status></LegalHold>",
            _ => "",
        });
        if (method != "GET")
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentMD5 = Convert.FromHexString(Content.Md5(body));
        }

        using var answer = await http.SendAsync(request);
        return (int)answer.StatusCode;
    }
}

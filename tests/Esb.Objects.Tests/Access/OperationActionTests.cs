using System.Text;
using Amazon.S3.Model;
using Esb.Objects.Access;
using Esb.Objects.Requests;
using Esb.Objects.Serving;
using Esb.Objects.Storage;
using Esb.Objects.Tests.Serving;
using Microsoft.AspNetCore.Http;
using Tag = Amazon.S3.Model.Tag;

namespace Esb.Objects.Tests.Access;

/// <summary>Every operation needs all of the actions that S3 documents for it, and no others.</summary>
public sealed class OperationActionTests
{
    // The owner can always replace the policy.
    private static readonly string[] NeverDenied = ["GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy"];

    [Test]
    public async Task Every_operation_has_its_actions_and_a_row_of_requests()
    {
        var root = Directory.CreateTempSubdirectory("esb-actions").FullName;
        using var data = DataFolder.Open(root);
        var catalog = BucketCatalog.Load(data);
        var operations =
            new OperationTable(catalog, new AccessCheck(catalog, TimeProvider.System), TimeProvider.System).Keys;
        var tested = OperationRows.Rows.Select(row =>
        {
            var headers = new HeaderDictionary();
            var target = Target.Parse($"/b/{row.Key}?{row.Query}", null);
            foreach (var (name, value) in target.Query.All.Where(p => p.Key.StartsWith("x-amz-")))
                headers[name] = value;
            return (target.Level, row.Method, SubResource.OfOperation(target, row.Method, headers));
        });

        await Assert.That(operations.Where(o => OperationActions.Find(o.Level, o.Method, o.SubResource) is null))
            .IsEmpty();
        // No policy is about all buckets.
        await Assert.That(operations.Except(tested)).IsEquivalentTo([(Level.Service, "GET", "")]);
        Directory.Delete(root, recursive: true);
    }

    [Test]
    [MethodDataSource(typeof(OperationRows), nameof(OperationRows.All))]
    public async Task It_is_refused_if_one_action_is_denied_or_not_allowed_and_needs_no_other(OperationRow row)
    {
        await using var store = await Store.StartAsync();
        using var http = new HttpClient();
        var (bucket, version, upload) = await ContentAsync(store);
        var parameters = row.Parameters(bucket, version, upload);

        foreach (var action in row.Actions)
        {
            await PolicyAsync(store, bucket, "Deny", [action]);
            await Assert.That(await IsRefusedAsync(http, row, Signed(store, bucket, row, parameters)))
                .IsEqualTo(!NeverDenied.Contains(action)).Because($"{action} is denied");
            await PolicyAsync(store, bucket, "Allow", row.Actions.Except([action]).Append("ListTagsForResource"));
            await Assert.That(await IsRefusedAsync(http, row, Unsigned(store, bucket, row, parameters))).IsTrue()
                .Because($"{action} is not allowed");
        }

        await PolicyAsync(store, bucket, "Allow", row.Actions.Append("ListBucket"));
        await Assert.That(await IsRefusedAsync(http, row, Unsigned(store, bucket, row, parameters))).IsFalse();
    }

    [Test]
    [Arguments("tagging", "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>", "Tagging")]
    [Arguments("acl", "private", "Acl")]
    public async Task A_form_with_a_field_needs_the_action_of_the_header(string field, string value, string action)
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        async Task<int> PostAsync()
        {
            using var answer = await new PostedForm(store, bucket).With(field, value).PostAsync(fields =>
            {
                foreach (var name in fields.Keys.Except(["key", field]).ToList())
                    fields.Remove(name);
            });
            return (int)answer.StatusCode;
        }

        await PolicyAsync(store, bucket, "Allow", ["PutObject"]);
        await Assert.That(await PostAsync()).IsEqualTo(403);
        await PolicyAsync(store, bucket, "Allow", ["PutObject", $"PutObject{action}"]);
        await Assert.That(await PostAsync()).IsEqualTo(204);
    }

    private static async Task<(string Bucket, string Version, string Upload)> ContentAsync(Store store)
    {
        var bucket = $"bucket-{Guid.NewGuid():N}"[..20];
        await store.Client.PutBucketAsync(new PutBucketRequest
        {
            BucketName = bucket,
            ObjectLockEnabledForBucket = true,
        });
        var put = await store.Client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = bucket,
            Key = "k",
            ContentBody = "1",
            TagSet = [new Tag { Key = "t", Value = "1" }],
        });
        var upload = await store.Client.InitiateMultipartUploadAsync(bucket, "mp");
        return (bucket, put.VersionId, upload.UploadId);
    }

    private static async Task PolicyAsync(Store store, string bucket, string effect, IEnumerable<string> actions)
    {
        var list = string.Join("\",\"", actions.Select(action => $"s3:{action}"));
        await store.Client.PutBucketPolicyAsync(
            bucket,
            $$$"""
              {"Statement":{"Effect":"{{{effect}}}","Principal":"*","Action":["{{{list}}}"],
              "Resource":["arn:aws:s3:::{{{bucket}}}","arn:aws:s3:::{{{bucket}}}/*"]}}
              """);
    }

    private static Uri Signed(Store store, string bucket, OperationRow row, Dictionary<string, string> parameters) =>
        Presigner.Version4(store, row.Method, PathOf(bucket, row), parameters);

    private static Uri Unsigned(Store store, string bucket, OperationRow row, Dictionary<string, string> parameters) =>
        new(store.Address, $"{PathOf(bucket, row)}?" + string.Join('&', parameters.Select(p =>
            $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}")));

    private static string PathOf(string bucket, OperationRow row) =>
        row.Key.Length == 0 ? $"/{bucket}" : $"/{bucket}/{row.Key}";

    private static async Task<bool> IsRefusedAsync(HttpClient http, OperationRow row, Uri url)
    {
        using var request = new HttpRequestMessage(new HttpMethod(row.Method), url);
        if (row.IfMatch.Length > 0)
            request.Headers.TryAddWithoutValidation("If-Match", row.IfMatch);
        if (row.Method is "PUT" or "POST")
        {
            var body = Encoding.UTF8.GetBytes(row.Body);
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentMD5 = Convert.FromHexString(Content.Md5(body));
        }

        using var answer = await http.SendAsync(request);
        var document = await answer.Content.ReadAsStringAsync();
        return (int)answer.StatusCode == 403 || document.Contains("<Code>AccessDenied</Code>");
    }
}

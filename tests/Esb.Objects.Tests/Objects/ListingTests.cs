using System.Text;
using Amazon.S3.Model;
using CsCheck;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Objects;

/// <summary>Listings against a sorted list.</summary>
public sealed class ListingTests
{
    private static readonly string[] Keys =
    [
        "a", "a/", "a/b", "a/b/c", "a/c", "a b", "a+b", "b//c", "c/../d", "d?e=f&g", "é", "ü/1", "ü/2", "\uFF21",
        "😀",
        "z/1", "z/2", "z/3", "zz", "%41",
    ];

    [Test]
    public async Task Every_page_of_every_listing_matches_a_sorted_list_of_the_keys()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        await Task.WhenAll(Keys.Select(k => store.Client.PutBytesAsync(bucket, k, [1])));
        var cases = Gen.Select(Gen.OneOf("", "a", "a/", "ü", "z/", "x"), Gen.OneOf(null, "/", "b"), Gen.Int[1, 7]);

        await cases.SampleAsync(
            async (prefix, delimiter, pageSize) =>
            {
                List<string> listed = [];
                string? token = null;
                do
                {
                    var page = await store.Client.ListObjectsV2Async(new ListObjectsV2Request
                    {
                        BucketName = bucket,
                        Prefix = prefix,
                        Delimiter = delimiter,
                        MaxKeys = pageSize,
                        ContinuationToken = token,
                    });
                    var items = (page.S3Objects ?? []).Select(o => o.Key).Concat(page.CommonPrefixes ?? []).ToList();
                    if (items.Count > pageSize)
                        return false;
                    listed.AddRange(items.OrderBy(Encoding.UTF8.GetBytes, ByteOrder.Instance));
                    token = page.NextContinuationToken;
                }
                while (token is not null);
                return listed.SequenceEqual(Expected(prefix, delimiter));
            },
            iter: 60);
    }

    [Test]
    public async Task Deleting_many_at_once_removes_existing_objects_and_lists_all_keys()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "one", [1]);
        await store.Client.PutBytesAsync(bucket, "two", [2]);
        await store.Client.PutBytesAsync(bucket, "three", [3]);

        var answer = await store.Client.DeleteObjectsAsync(new DeleteObjectsRequest
        {
            BucketName = bucket,
            Objects = [new KeyVersion { Key = "one" }, new KeyVersion { Key = "two" }, new KeyVersion { Key = "none" }],
        });
        var left = await store.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket });

        await Assert.That(answer.DeletedObjects.Select(d => d.Key)).IsEquivalentTo(["one", "two", "none"]);
        await Assert.That(left.S3Objects.Select(o => o.Key)).IsEquivalentTo(["three"]);
    }

    // S3 lists in the order of the keys' UTF-8 bytes, common prefixes among them.
    private static IEnumerable<string> Expected(string prefix, string? delimiter) => Keys
        .Where(k => k.StartsWith(prefix, StringComparison.Ordinal))
        .Select(k => delimiter is not null && k.IndexOf(
            delimiter, prefix.Length, StringComparison.Ordinal) is var at and >= 0 ? k[..(at + delimiter.Length)] : k)
        .Distinct()
        .OrderBy(Encoding.UTF8.GetBytes, ByteOrder.Instance);

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}

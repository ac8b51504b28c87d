using System.Text;
using Esb.Objects.Access;
using Esb.Objects.Objects;
using Esb.Objects.Requests;
using Esb.Objects.Signing;
using Esb.Objects.Storage;
using Esb.Objects.Xml;
using Microsoft.AspNetCore.Http;

namespace Esb.Objects.Tests.Objects;

/// <summary>DeleteObjects whose client is gone before the answer.</summary>
internal sealed class AbandonedDeleteTests
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-abandoned").FullName;

    [After(Test)]
    public void RemoveFolder() => Directory.Delete(_root, recursive: true);

    [Test]
    public async Task Nothing_more_is_deleted_once_the_client_has_gone()
    {
        using var data = DataFolder.Open(_root);
        var catalog = BucketCatalog.Load(data);
        catalog.Create("bucket", new BucketRecord(DateTimeOffset.UnixEpoch, ""));
        var bucket = catalog.Require("bucket");
        foreach (var key in new[] { "first", "second", "third" })
            Put(bucket, key);
        using var gone = new CancellationTokenSource();

        await Assert.That(() => ObjectDeletes.DeleteAll(
            bucket,
            Listed(gone),
            OwnersAccess(catalog),
            DateTimeOffset.UnixEpoch,
            bypassesGovernance: false,
            gone.Token))
            .Throws<OperationCanceledException>();

        await Assert.That(Exists("first")).IsFalse();
        await Assert.That((Exists("second"), Exists("third"))).IsEqualTo((true, true));

        bool Exists(string key)
        {
            using var opened = bucket.TryOpen(key);
            return opened is not null;
        }
    }

    private static RequestAccess OwnersAccess(BucketCatalog catalog)
    {
        var http = new DefaultHttpContext();
        var target = Target.Parse("/bucket?delete", "127.0.0.1");
        return new RequestAccess(
            new AccessCheck(catalog, TimeProvider.System),
            new Call(http, http.Request.Headers, target, Authentication.NotRequired, "delete"),
            OperationActions.Of(Level.Bucket, "POST", "delete"));
    }

    private static IEnumerable<XmlElement> Listed(CancellationTokenSource gone)
    {
        var document = Encoding.UTF8.GetBytes(
            "<Delete><Object><Key>first</Key></Object><Object><Key>second</Key></Object>"
                + "<Object><Key>third</Key></Object></Delete>");
        foreach (var (i, listed) in XmlElement.Parse(document, "Delete").All("Object").Index())
        {
            if (i == 1)
                gone.Cancel();
            yield return listed;
        }
    }

    private static void Put(Bucket bucket, string key)
    {
        using var content = bucket.NewTemporaryFile();
        bucket.Commit(
            content,
            new ObjectMetadata { Key = key, Size = 0, ETag = "e", LastModified = DateTimeOffset.UnixEpoch },
            WriteCondition.None);
    }
}

using Esb.Objects.Access;
using Esb.Objects.Requests;
using Esb.Objects.Serving;
using Esb.Objects.Storage;

namespace Esb.Objects.Tests.Access;

/// <summary>Policies can name every operation of the store.</summary>
public sealed class ActionNameTests
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-actions").FullName;

    [After(Test)]
    public void RemoveFolder() => Directory.Delete(_root, recursive: true);

    [Test]
    public async Task Every_operation_but_DeleteObjects_has_a_name()
    {
        using var data = DataFolder.Open(_root);
        var catalog = BucketCatalog.Load(data);
        var operations = new OperationTable(catalog, new AccessCheck(catalog), TimeProvider.System);

        var nameless = operations.Keys.Where(operation => ActionNames.Find(
            operation.Level, operation.Method, operation.SubResource.Replace("(copy)", "")) is null);

        await Assert.That(nameless).IsEquivalentTo([(Level.Bucket, "POST", "delete")]);
    }
}

using System.Text.Json;
using Esb.Gateway.LambdaApi;

namespace Esb.Gateway.Tests.LambdaApi;

/// <summary>The documents that AWS SDKs read. Source: AWS, Lambda API reference.</summary>
internal sealed class FunctionDocumentTests
{
    private static readonly FunctionConfiguration Orders = new()
    {
        FunctionName = "orders",
        FunctionArn = FunctionConfiguration.ArnOf("orders", "eu-west-1"),
        Runtime = "python3.12",
        Timeout = 3,
        MemorySize = 128,
        LastModified = "2026-01-02T03:04:05.000+0000",
        CodeSha256 = "cg==",
        RevisionId = "r",
        PackageType = "Zip",
        Layers = [new FunctionLayer("layer")],
    };

    [Test]
    public async Task A_function_has_the_members_of_FunctionConfiguration_and_no_null_values()
    {
        var json = JsonSerializer.SerializeToElement(Orders, FunctionJson.Default.FunctionConfiguration);

        await Assert.That(json.EnumerateObject().Select(p => p.Name)).IsEquivalentTo(
        [
            "FunctionName", "FunctionArn", "Runtime", "Role", "CodeSize", "Description", "Timeout", "MemorySize",
            "LastModified", "CodeSha256", "Version", "RevisionId", "State", "LastUpdateStatus", "PackageType",
            "Architectures", "Layers",
        ]);
        await Assert.That(json.GetProperty("FunctionArn").GetString())
            .IsEqualTo("arn:aws:lambda:eu-west-1:000000000000:function:orders");
        await Assert.That(json.GetProperty("Version").GetString()).IsEqualTo("$LATEST");
        await Assert.That(json.GetProperty("Layers")[0].GetProperty("Arn").GetString()).IsEqualTo("layer");
    }

    [Test]
    public async Task A_reservation_and_a_next_page_are_included_only_if_they_exist()
    {
        var plain = JsonSerializer.SerializeToElement(
            new FunctionDescription(Orders, null), FunctionJson.Default.FunctionDescription);
        var reserved = JsonSerializer.SerializeToElement(
            new FunctionDescription(Orders, new FunctionConcurrency(5)), FunctionJson.Default.FunctionDescription);

        await Assert.That(plain.EnumerateObject().Select(p => p.Name)).IsEquivalentTo(["Configuration", "Code"]);
        await Assert.That(reserved.GetProperty("Concurrency").GetProperty("ReservedConcurrentExecutions").GetInt32())
            .IsEqualTo(5);
        var none = new FunctionConcurrency(null);
        await Assert.That(JsonSerializer.Serialize(none, FunctionJson.Default.FunctionConcurrency))
            .IsEqualTo("{}");
        await Assert.That(JsonSerializer.Serialize(new FunctionPage([], null), FunctionJson.Default.FunctionPage))
            .IsEqualTo("""{"Functions":[]}""");
        await Assert.That(JsonSerializer.Serialize(
            new LambdaError.ErrorDocument("User", "m", null), LambdaErrorJson.Default.ErrorDocument))
            .IsEqualTo("""{"Type":"User","Message":"m"}""");
    }
}

namespace Esb.Stores.Tests.Sdks;

/// <summary>
/// Every method of an SDK for tables and objects: it works, or it is refused as an operation that is not served, and
/// never taken for another one.
/// </summary>
public sealed class MethodTests
{
    [Test]
    [Arguments("JavaScript v3")]
    [Arguments("boto3")]
    [Arguments(".NET")]
    public async Task Every_method_works_or_is_refused_by_name(string name)
    {
        var rows = await Sdk.All.Single(sdk => sdk.Name == name).RowsAsync();

        await Assert.That(rows.Where(row => !row.IsGood)).IsEmpty();
        await Assert.That(rows.Where(row => row.IsServed).Select(row => row.Group))
            .Contains("DynamoDB").And.Contains("S3");
    }

    [Test]
    public async Task The_page_says_which_method_of_which_sdk_is_served() => await SdkPage.IsUpToDateAsync();
}

using Esb.Stores.Tests.Serving;
using Esb.Testing.Platforms;

namespace Esb.Stores.Tests.Running;

/// <summary>How the program starts, and how it says why it cannot.</summary>
public sealed class StartTests
{
    [Test]
    [Arguments("STORES_DATA_DIR", "", "STORES_DATA_DIR is not set")]
    [Arguments("STORES_LISTEN", "nowhere", "STORES_LISTEN: 'nowhere' is not an address")]
    [Arguments("AWS_REGION", "Frankfurt!", "AWS_REGION: 'Frankfurt!' is not a region")]
    [Arguments("AWS_ACCOUNT_ID", "12", "AWS_ACCOUNT_ID: '12' is not an account")]
    [Arguments("AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY is not set")]
    public async Task A_setting_that_cannot_be_ends_the_program_with_2(string name, string value, string message)
    {
        var folder = Directory.CreateTempSubdirectory("esb-stores").FullName;
        var settings = new Dictionary<string, string?> { ["STORES_DATA_DIR"] = folder, [name] = value };
        var result = await Command.RunAsync(StoresProcess.Program, [], folder, settings);
        await Assert.That(result.ExitCode).IsEqualTo(2).Because(result.ToString());
        await Assert.That(result.Error).Contains(message);
        await Assert.That(Directory.EnumerateFileSystemEntries(folder)).IsEmpty();
        Directory.Delete(folder);
    }

    [Test]
    public async Task All_wrong_settings_are_named_at_once()
    {
        var settings = new Dictionary<string, string?> { ["STORES_LISTEN"] = "nowhere", ["AWS_ACCOUNT_ID"] = "12" };
        var result = await Command.RunAsync(StoresProcess.Program, [], Path.GetTempPath(), settings);
        await Assert.That(result.Error.Split('\n').Count(line => line.Contains("error", StringComparison.Ordinal)))
            .IsEqualTo(3).Because(result.ToString());
    }

    [Test]
    public async Task A_folder_in_use_ends_the_second_program_with_1_and_leaves_the_first_alone()
    {
        await using var stores = await StoresProcess.StartAsync();
        var settings = new Dictionary<string, string?>
        {
            ["STORES_DATA_DIR"] = stores.Folder,
            ["STORES_LISTEN"] = "127.0.0.1:0",
        };
        var result = await Command.RunAsync(StoresProcess.Program, [], stores.Folder, settings);
        using var client = stores.NewClient();
        await Things.CreateAsync(client);
        await Assert.That(result.ExitCode).IsEqualTo(1).Because(result.ToString());
        await Assert.That(result.Error).Contains("another process is using the objects in this folder");
    }

    [Test]
    public async Task An_address_in_use_ends_the_program_with_1()
    {
        await using var stores = await StoresProcess.StartAsync();
        var folder = Directory.CreateTempSubdirectory("esb-stores").FullName;
        var settings = new Dictionary<string, string?>
        {
            ["STORES_DATA_DIR"] = folder,
            ["STORES_LISTEN"] = stores.Address.Authority,
        };
        var result = await Command.RunAsync(StoresProcess.Program, [], folder, settings);
        await Assert.That(result.ExitCode).IsEqualTo(1).Because(result.ToString());
        await Assert.That(result.Error).Contains("set STORES_LISTEN to another address");
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task The_program_says_where_it_listens_and_never_its_secret()
    {
        await using var stores = await StoresProcess.StartAsync();
        await Eventually.TrueAsync(
            () => stores.Log.Contains($"Listening on http://{stores.Address.Authority}, data in {stores.Folder}"));
        await Assert.That(stores.Log).DoesNotContain(StoresProcess.Secret);
    }
}

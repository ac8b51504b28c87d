using System.Diagnostics;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Upgrading;

internal sealed class FailedUpgradeTests
{
    [Test]
    public async Task A_new_gateway_that_cannot_start_or_cannot_load_the_configuration_leaves_the_one_that_serves()
    {
        await using var upgraded = await UpgradedPlatform.CreateAsync();
        var platform = upgraded.Platform;
        var serving = await upgraded.ServingAsync();
        await using var load = UnkindLoad.Start(platform.GatewayPort, 4);
        await Eventually.TrueAsync(() => load.Answers > 40);

        upgraded.Exchange("esb-gateway", "#!/bin/sh\necho 'this is no gateway' >&2\nexit 3\n");
        var broken = await platform.EsbAsync("upgrade");
        await Assert.That(broken.ExitCode).IsEqualTo(1);
        await Assert.That(broken.Error)
            .Contains("the new gateway ended with exit code 3 before it was ready; the previous one still serves");
        await Assert.That(broken.Error).Contains("this is no gateway");

        upgraded.Restore("esb-gateway");
        var functions = Path.Combine(platform.ConfigurationFolder, "functions.yml");
        var good = await File.ReadAllTextAsync(functions);
        await File.WriteAllTextAsync(functions, good + "  broken: [\n");
        var unreadable = await platform.EsbAsync("upgrade");
        await Assert.That(unreadable.ExitCode).IsEqualTo(1);
        await Assert.That(unreadable.Error).Contains("the configuration cannot be loaded; the running gateway");
        await Assert.That(await upgraded.ServingAsync()).IsEqualTo(serving);

        // The gateway that has read files still serves them after they vanished or became empty; a new one would serve
        // nothing.
        await File.WriteAllTextAsync(functions, good);
        var routing = Path.Combine(platform.ConfigurationFolder, "routing.yml");
        foreach (var (file, key) in new[] { (functions, "functions"), (routing, "routes") })
        {
            var content = await File.ReadAllTextAsync(file);
            foreach (var rest in new[] { null, "", $"{key}:\n" })
            {
                File.Delete(file);
                if (rest is not null)
                    await File.WriteAllTextAsync(file, rest);
                var emptied = await platform.EsbAsync("upgrade");
                await Assert.That(emptied.ExitCode).IsEqualTo(1).Because($"{file}: '{rest}'");
                await Assert.That(emptied.Error)
                    .Contains("stays: a file of its configuration is gone, empty or cannot be read");
            }

            await File.WriteAllTextAsync(file, content);
        }

        await Assert.That(await upgraded.ServingAsync()).IsEqualTo(serving);

        // Nothing is left of either attempt, and the next one succeeds.
        await upgraded.UpgradeAsync();
        await Assert.That(await upgraded.ServingAsync()).IsNotEqualTo(serving);
        await load.StopAsync();
        await Assert.That(load.Failed).IsEmpty();
        await Assert.That(load.Wrong).IsEmpty();
    }

    // At random moments: before the new gateway exists, while it starts, during the hand-over, and after it.
    [Test]
    public async Task Whichever_process_is_killed_during_an_upgrade_a_gateway_serves_or_up_repairs_it()
    {
        await using var upgraded = await UpgradedPlatform.CreateAsync();
        var platform = upgraded.Platform;
        var random = new Random(11);
        for (var round = 0; round < 15; round++)
        {
            var before = PlatformProcesses.Of(platform).Where(p => p.Name == "esb-gateway").Select(p => p.Pid)
                .ToHashSet();
            var upgrade = platform.EsbAsync("upgrade");
            await Task.Delay(random.Next(0, 120));
            Kill(PlatformProcesses.Of(platform).Where(p => (round % 3) switch
            {
                0 => p.Name == "esb",
                1 => p.Name == "esb-gateway" && !before.Contains(p.Pid),
                _ => p.Name == "esb-gateway" && before.Contains(p.Pid),
            }));
            await upgrade;

            var up = await platform.EsbAsync("up");
            await Assert.That(up.ExitCode).IsEqualTo(0).Because(up.ToString());
            using var connection = await PlainConnection.OpenAsync(platform.GatewayPort);
            await Assert.That(await connection.AskAsync($"GET /one?number={round} HTTP/1.1"))
                .IsEqualTo((200, $"one {round}"));
        }

        await Assert.That((await platform.EsbAsync("down")).ExitCode).IsEqualTo(0);
        await Assert.That(PlatformProcesses.Of(platform)).IsEmpty();
    }

    private static void Kill(IEnumerable<(int Pid, string Name)> processes)
    {
        foreach (var (pid, _) in processes)
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                process.Kill();
                process.WaitForExit();
            }
            catch (ArgumentException)
            {
                // It has ended by itself.
            }
        }
    }
}

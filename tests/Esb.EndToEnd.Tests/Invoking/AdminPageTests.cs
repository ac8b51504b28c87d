using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Invoking;

/// <summary>The page of the admin port in a real headless browser.</summary>
[ClassDataSource<HandWrittenPlatform>(Shared = SharedType.PerTestSession)]
internal sealed class AdminPageTests(HandWrittenPlatform shared)
{
    [Test]
    [Arguments("functions", "together")]
    [Arguments("routes", "/_url/streams")]
    [Arguments("errors", "No errors since the gateway started.|Last error")]
    public async Task A_browser_shows_what_the_gateway_serves_without_other_network_access(string view, string text)
    {
        var browser = new[] { "/usr/bin/chromium-headless-shell", "/usr/bin/chromium" }.FirstOrDefault(File.Exists);
        await Assert.That(browser).IsNotNull().Because("scripts/install-dependencies.sh --tests installs chromium");
        var profile = Path.Combine(shared.Folder, $"browser-{view}");
        var result = await shared.Platform.RunAsync(
            browser!,
                new Dictionary<string, string?>(),
                "--headless",
            "--no-sandbox",
            "--disable-gpu",
            $"--user-data-dir={profile}",
            "--virtual-time-budget=4000",
            "--dump-dom",
            $"http://127.0.0.1:{shared.Platform.AdminPort}/#{view}");
        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        await Assert.That(text.Split('|').Any(t => result.Output.Contains(t, StringComparison.Ordinal))).IsTrue()
            .Because(result.Output);
        await Assert.That(result.Output).DoesNotContain("<body class=\"gone\">");
    }
}

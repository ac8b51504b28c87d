using Esb.Cli.Compose;
using Esb.Cli.Containers;
using Esb.Cli.Deploying.Reports;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Documents;
using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying;

/// <summary>
/// One build: from templates to what functions run from and, where these are images, to a platform with the configuration baked in.
/// Nothing that others see is touched.
/// </summary>
internal sealed class PlatformBuild(DeployRequest request, PlatformSettings settings, Screen screen, TimeProvider time)
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromMinutes(5);

    private readonly long _started = time.GetTimestamp();

    // With --json the only result is one document.
    private readonly Screen _text = request.Json ? screen.WithoutOutput() : screen;

    /// <exception cref="CommandFailure">It could not be done.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var source = new TemplateSource(request, settings, time);
        GeneratedFolder.RequireApart(request.OutputFolder, source.Target.Folder);
        GeneratedFolder.RequireFiles(request.OutputFolder);
        var diagnostics = new DiagnosticBag { WarningsAreErrors = request.Reading.Strict, Concealed = screen.Concealed };
        if (source.Read(diagnostics) is not { } outline)
            return Refusal.Show(screen, diagnostics, ExitCode.Usage);
        using var code = request.DryRun ? null : await StagedCodeUse.ShareAsync(settings.State, screen, LockTimeout, cancellationToken);
        var block = new SummaryBlock(_text);
        using var progress = new BuildProgress(_text, block, time);
        block.Say(new SummaryLine(Path.GetFileName(request.Templates[^1]), IncomingCounts.Of(outline.Incoming)));
        if (await source.BuildAsync(progress, diagnostics, cancellationToken) is not { } built)
            return Refusal.ShowBuild(screen, diagnostics, source.ExitCodeWhenWrong);
        new DiagnosticPrinter(screen).Print(diagnostics);
        if (BuildSummary.Of([.. built.Functions.Where(b => !progress.Has(b.Name))]) is { } line)
            block.Say(line);
        if (request.DryRun)
        {
            _text.Line("Dry run: nothing was built.");
            return Told(outline, diagnostics);
        }

        GeneratedFolder.Write(request.OutputFolder, built.Incoming, forImages: request.Mode.UsesContainers);
        if (request.Mode.UsesContainers)
        {
            KnownConfigurations.AddBuild(settings.State, Path.Combine(request.OutputFolder, ConfigurationFiles.Functions));
            await BuildPlatformAsync(block, progress, cancellationToken);
        }

        _text.Line($"Built in {Spans.Waited(time.GetElapsedTime(_started))}; the three files are in {Path.GetRelativePath(".", request.OutputFolder)}.");
        return Told(outline, diagnostics);
    }

    private int Told(DeployOutline outline, DiagnosticBag diagnostics)
    {
        if (!request.Json)
            return ExitCode.Done;
        var summary = IncomingCounts.Of(outline.Incoming);
        var document = TemplateOutputs.Of(request.Templates, summary, outline.Notes, diagnostics);
        JsonOutput.Print(screen, document, OutputJson.Default.TemplateOutput);
        return ExitCode.Done;
    }

    private async Task BuildPlatformAsync(SummaryBlock block, BuildProgress progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var platform = progress.For("platform");
        var images = await new ControlPlaneImages(new DockerEngine(), ComposeProject.Of(settings, request.Mode), request.BuildAgain)
            .BuildAsync(request.OutputFolder, platform.Line, cancellationToken);
        platform.End(time.GetElapsedTime(started));
        foreach (var (service, image) in images)
            block.Say(new SummaryLine(service, image));
    }
}

using Esb.Cli.Compose;
using Esb.Cli.Containers;
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
/// One build: the code or the images of the functions. A build of images includes those of the platform, with the
/// configuration baked in. Nothing shared is changed.
/// </summary>
internal sealed class PlatformBuild(DeployRequest request, PlatformSettings settings, Screen screen, TimeProvider time)
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromMinutes(5);

    /// <exception cref="CommandFailure">The command failed.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var source = new TemplateSource(request, settings, time);
        GeneratedFolder.RequireApart(request.OutputFolder, source.Target.Folder);
        GeneratedFolder.RequireFiles(request.OutputFolder);
        var flow = new BuildFlow(request, source, screen, time);
        if (flow.Read() is not { } outline)
            return flow.RefuseSource();
        using var code = request.DryRun
            ? null
            : await StagedCodeUse.ShareAsync(settings.State, screen, LockTimeout, cancellationToken);
        flow.Block.Print(new SummaryLine(Path.GetFileName(request.Templates[^1]), IncomingCounts.Of(outline.Incoming)));
        if (await flow.BuildAsync(cancellationToken) is not { } built)
            return flow.RefuseBuild();
        flow.PrintWarnings();
        if (request.DryRun)
        {
            flow.Text.Line("Dry run: nothing was built.");
            return PrintJson(outline, flow.Diagnostics);
        }

        GeneratedFolder.Write(request.OutputFolder, built.Incoming, forImages: request.Mode.UsesContainers);
        if (request.Mode.UsesContainers)
        {
            KnownConfigurations.AddBuild(
                settings.State, Path.Combine(request.OutputFolder, ConfigurationFiles.Functions));
            await BuildImagesAsync(flow, cancellationToken);
        }

        var folder = Path.GetRelativePath(".", request.OutputFolder);
        flow.Text.Line($"Built in {DurationText.Waited(flow.Elapsed)}; the three files are in {folder}.");
        return PrintJson(outline, flow.Diagnostics);
    }

    private int PrintJson(DeployOutline outline, DiagnosticBag diagnostics)
    {
        if (!request.Json)
            return ExitCode.Done;
        var summary = IncomingCounts.Of(outline.Incoming);
        var document = TemplateOutputs.Of(request.Templates, summary, outline.Notes, diagnostics);
        JsonOutput.Print(screen, document, OutputJson.Default.TemplateOutput);
        return ExitCode.Done;
    }

    private async Task BuildImagesAsync(BuildFlow flow, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var progress = flow.Progress();
        var platform = progress.For("platform");
        var project = ComposeProject.Of(settings, request.Mode);
        var images = await new ControlPlaneImages(new DockerEngine(), project, request.BuildAgain)
            .BuildAsync(request.OutputFolder, platform.Line, cancellationToken);
        platform.End(time.GetElapsedTime(started));
        foreach (var (service, image) in images)
            flow.Block.Print(new SummaryLine(service, image));
    }
}

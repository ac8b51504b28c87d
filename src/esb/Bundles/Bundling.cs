using Esb.Cli.Bundles.Format;
using Esb.Cli.Containers;
using Esb.Cli.Deploying;
using Esb.Cli.Deploying.Reports;
using Esb.Cli.Documents;
using Esb.Cli.Settings;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Bundles;

/// <summary>
/// One run of <c>esb bundle</c>: writes templates, code and images into a file for machines without a network. It does
/// not change the running platform.
/// </summary>
internal sealed class Bundling(BundleRequest request, PlatformSettings settings, Screen screen, TimeProvider time)
{
    /// <exception cref="CommandFailure">
    /// The bundle could not be written; an existing file of that name is unchanged.
    /// </exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var output = BundleOutput.Begin(request.File);
        var source = new TemplateSource(request.Deploy, settings, time);
        var flow = new BuildFlow(request.Deploy, source, screen, time);
        if (flow.Read() is not { } outline)
            return flow.RefuseSource();
        flow.Block.Print(new SummaryLine(request.Deploy.Title, IncomingCounts.Of(outline.Incoming)));
        if (await flow.BuildAsync(cancellationToken) is not { } built)
            return flow.RefuseBuild();
        flow.PrintWarnings();
        var warnings = flow.Diagnostics.Where(d => d.Severity == Severity.Warning);
        var doubts = BundleDoubts.Of(source.Doubts().Concat(warnings));
        var (manifest, sum) = await WriteAsync(built, doubts, output, flow, cancellationToken);
        var made = new BundleReport(request.File, manifest, output.Length, sum);
        if (request.Deploy.Json)
            JsonOutput.Print(screen, made.ToOutput(), OutputJson.Default.BundleDescription);
        flow.Block.Print(new SummaryLine("contents", made.Contents));
        flow.Text.Line($"Bundled in {DurationText.Waited(flow.Elapsed)}. It contains secrets of its functions. "
            + $"Compare its checksum where it arrives: sha256sum {request.File}");
        flow.Text.Line($"{made.Sha256}  {request.File}");
        return ExitCode.Done;
    }

    private async Task<(BundleManifest Manifest, string Sum)> WriteAsync(
        BuiltConfiguration built,
        IReadOnlyList<string> doubts,
        BundleOutput output,
        BuildFlow flow,
        CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var progress = flow.Progress();
        var line = progress.For(request.File);
        var contents = new BundleContents(request, settings);
        IReadOnlyList<BundleItem> items;
        var architecture = BundleManifest.ThisArchitecture;
        if (request.Deploy.Mode == PlatformMode.Process)
        {
            items = contents.Process(built.Incoming, cancellationToken);
        }
        else
        {
            var engine = new DockerEngine();
            architecture = await engine.RequireAsync(cancellationToken) is "amd64" ? "x86_64" : "arm64";
            items = await contents.ContainersAsync(
                built.Incoming, engine, output.WorkFolder(), line.Line, cancellationToken);
        }

        items = [.. items.OrderBy(i => i.Entry.Path, StringComparer.Ordinal)];
        var manifest = contents.Manifest(items, architecture) with { Doubts = doubts };
        try
        {
            var sum = output.Write(manifest, items, new ByteProgress(line.Line, "writing"), cancellationToken);
            line.End(time.GetElapsedTime(started));
            return (manifest, sum);
        }
        catch (BundleFault fault)
        {
            throw CommandFailure.Environment($"{request.File} was not made: {fault.Message}", fault.Help);
        }
    }
}

using Esb.Cli.Bundles.Format;
using Esb.Cli.Containers;
using Esb.Cli.Deploying;
using Esb.Cli.Deploying.Reports;
using Esb.Cli.Documents;
using Esb.Cli.Modes;
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
    private readonly long _started = time.GetTimestamp();
    private readonly Screen _text = request.Deploy.Json ? screen.WithoutOutput() : screen;

    /// <exception cref="CommandFailure">It failed; an existing file of that name is unchanged.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var output = BundleOutput.Begin(request.File);
        var source = new TemplateSource(request.Deploy, settings, time);
        var diagnostics =
            new DiagnosticBag { WarningsAreErrors = request.Deploy.Reading.Strict, Concealed = screen.Concealed };
        if (source.Read(diagnostics) is not { } outline)
            return Refusal.Show(screen, diagnostics, ExitCode.Usage);
        var block = new SummaryBlock(_text);
        block.Say(new SummaryLine(request.Deploy.Title, IncomingCounts.Of(outline.Incoming)));
        if (await MakeAsync(source, output, block, diagnostics, cancellationToken) is not { } made)
            return Refusal.ShowBuild(screen, diagnostics, ExitCode.Usage);
        if (request.Deploy.Json)
            JsonOutput.Print(screen, made.ToOutput(), OutputJson.Default.BundleDescription);
        block.Say(new SummaryLine("contents", made.Contents));
        _text.Line($"Bundled in {Spans.Waited(time.GetElapsedTime(_started))}. It contains secrets of its functions. "
            + $"Compare its checksum where it arrives: sha256sum {request.File}");
        _text.Line($"{made.Sha256}  {request.File}");
        return ExitCode.Done;
    }

    private async Task<BundleReport?> MakeAsync(
        TemplateSource source,
        BundleOutput output,
        SummaryBlock block,
        DiagnosticBag diagnostics,
        CancellationToken cancellationToken)
    {
        using var progress = new BuildProgress(_text, block, time);
        if (await source.BuildAsync(progress, diagnostics, cancellationToken) is not { } built)
            return null;
        new DiagnosticPrinter(screen).Print(diagnostics);
        if (BuildSummary.Of([.. built.Functions.Where(b => !progress.Has(b.Name))]) is { } line)
            block.Say(line);
        var doubts = BundleDoubts.Of(source.Doubts().Concat(diagnostics.Where(d => d.Severity == Severity.Warning)));
        var (manifest, sum) = await WriteAsync(built, doubts, output, progress, cancellationToken);
        return new BundleReport(request.File, manifest, output.Length, sum);
    }

    private async Task<(BundleManifest Manifest, string Sum)> WriteAsync(
        BuiltConfiguration built,
        IReadOnlyList<string> doubts,
        BundleOutput output,
        BuildProgress progress,
        CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var line = progress.For(request.File);
        var contents = new BundleContents(request, settings);
        IReadOnlyList<BundleItem> items;
        var architecture = BundleManifest.ThisArchitecture;
        if (request.Deploy.Mode == DeployModes.Process)
        {
            items = await contents.ProcessAsync(built.Incoming, line.Line, cancellationToken);
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

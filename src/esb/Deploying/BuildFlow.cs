using Esb.Cli.Deploying.Reports;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying;

/// <summary>
/// The steps that a deploy, a build and a bundle share: read the source, build it, report the outcome.
/// </summary>
internal sealed class BuildFlow
{
    private readonly IDeploySource _source;
    private readonly Screen _screen;
    private readonly TimeProvider _time;
    private readonly long _started;

    public BuildFlow(DeployRequest request, IDeploySource source, Screen screen, TimeProvider time)
    {
        (_source, _screen, _time, _started) = (source, screen, time, time.GetTimestamp());
        Text = request.Json ? screen.WithoutOutput() : screen;
        Block = new SummaryBlock(Text);
        Diagnostics = new DiagnosticBag { WarningsAreErrors = request.Reading.Strict, Concealed = screen.Concealed };
    }

    /// <summary>The screen for the summary: silent with <c>--json</c>, whose only output is one document.</summary>
    public Screen Text { get; }

    public SummaryBlock Block { get; }

    public DiagnosticBag Diagnostics { get; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <returns>Null when the source has errors, see <see cref="RefuseSource"/>.</returns>
    public DeployOutline? Read() => _source.Read(Diagnostics);

    /// <summary>Builds what was read, and adds a line about it to the block.</summary>
    /// <returns>Null when the build failed, see <see cref="RefuseBuild"/>.</returns>
    public async Task<BuiltConfiguration?> BuildAsync(CancellationToken cancellationToken)
    {
        using var progress = Progress();
        if (await _source.BuildAsync(progress, Diagnostics, cancellationToken) is not { } built)
            return null;
        if (BuildSummary.Of([.. built.Functions.Where(b => !progress.Has(b.Name))]) is { } line)
            Block.Hold(line);
        return built;
    }

    /// <summary>Shows the progress of a step that takes some time.</summary>
    public BuildProgress Progress() => new(Text, Block, _time);

    public void PrintWarnings() => new DiagnosticPrinter(_screen).Print(Diagnostics);

    /// <summary>Prints why the source cannot be used.</summary>
    /// <returns>The exit code.</returns>
    public int RefuseSource() => Refusal.Show(_screen, Diagnostics, _source.ErrorExitCode);

    /// <summary>Prints why the build failed.</summary>
    /// <returns>The exit code.</returns>
    public int RefuseBuild() => Refusal.ShowBuild(_screen, Diagnostics, _source.ErrorExitCode);
}

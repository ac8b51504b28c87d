using Esb.Cli.Deploying.Applications;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;

namespace Esb.Cli.Deploying.Reports;

/// <summary>The report of a deploy: the block on standard output, and warnings on standard error.</summary>
/// <param name="request">The request.</param>
/// <param name="target">The platform that it is deployed to.</param>
/// <param name="incoming">The documents, staged or not.</param>
/// <param name="notes">Properties of the templates that are ignored or approximated.</param>
/// <param name="block">The lines that are printed.</param>
internal sealed class DeploySummary(
    DeployRequest request, DeployTarget target, IncomingConfiguration incoming, TemplateNotes notes, SummaryBlock block)
{
    // Further entries that are no longer named are only counted.
    private const int MaxLeft = 5;

    private readonly Screen _screen = block.Screen;
    private bool _didSomething;

    /// <summary>Holds the counts of the templates until another line is printed.</summary>
    public void Begin()
    {
        block.Hold(new SummaryLine(request.Title, IncomingCounts.Of(incoming)));
        if (request.Verbose)
            new DiagnosticPrinter(_screen).Print(notes.AsDiagnostics());
    }

    /// <summary>Prints the plan of a dry run.</summary>
    public void Preview(DeployPlan plan)
    {
        block.Release();
        foreach (var line in PreviewTable.Lines(plan, request.Verbose, _screen.Traits.Width))
            _screen.Line(line);
        foreach (var text in Overlaps.Lines(plan.Overlaps))
            _screen.Line(text);
        PrintStart(plan);
        _screen.Line(plan.Writes
            ? "Dry run: nothing was changed. "
            + $"Configuration would be {plan.Hash}{(PreviewTable.Unchanged(plan) is { } rest ? $"; {rest}" : "")}."
            : $"Dry run: nothing to do, configuration is {plan.Hash}.");
        PrintLeft(plan);
        NotesLine(withReceipt: false);
    }

    /// <summary>Prints the result of the transaction.</summary>
    public void Done(TransactionResult result, SummaryLine? waited)
    {
        if (waited is not null)
            block.Hold(waited);
        foreach (var warning in result.Provisioned?.Warnings ?? [])
            _screen.Note(warning);
        var made = result.Provisioned is { } output ? StoreLines.Of(output.Lines, request.Verbose) : null;
        _didSomething = result.Plan.Writes || StoreLines.Of(result.Provisioned?.Lines ?? [], all: false).Count > 0;
        if (!_didSomething)
            return;
        block.Release();
        PrintStart(result.Plan);
        foreach (var line in ChangeLines.Of(result.Plan, made, request.Verbose))
            block.Print(line);
        if (ReplacementLines.KeptStores(result.Plan) is { } stay)
            block.Print(stay);
        if (made is null && result.Plan.HasResources)
            _screen.Warn("no platform is running, so no table or bucket was created", "esb up, then deploy again");
    }

    /// <summary>Prints the last lines.</summary>
    public void End(DeployPlan plan, Confirmation? confirmation, TimeSpan took)
    {
        if (ServingReport.Refused(_screen, target, plan.Hash, confirmation))
            return;
        _screen.Line(LastLine(plan, confirmation is Live, took));
        if (_didSomething)
        {
            foreach (var url in LiveUrls.Lines(incoming, target.Addresses.Gateway, request.Verbose))
                _screen.Line(url);
            NotesLine(withReceipt: true);
        }

        PrintLeft(plan);

        ServingReport.Warn(_screen, target, confirmation);
    }

    private void PrintStart(DeployPlan plan)
    {
        foreach (var line in StartingReport.Lines(plan))
            block.Print(line);
        StartingReport.Warn(plan, _screen);
    }

    private void PrintLeft(DeployPlan plan)
    {
        if (plan.Left.Count == 0)
            return;
        var shown = request.Verbose ? plan.Left : [.. plan.Left.Take(MaxLeft)];
        var more = shown.Count < plan.Left.Count ? $" and {plan.Left.Count - shown.Count} more" : "";
        _screen.Line("No longer in the template, still served: "
            + $"{string.Join(", ", shown.Select(e => $"{e.Section} {e.Key}"))}{more}; "
            + $"esb deploy --stack {request.Reading.Application ?? "NAME"} --prune removes it");
    }

    private string LastLine(DeployPlan plan, bool live, TimeSpan took) => (_didSomething, live) switch
    {
        (true, true) => $"Live in {DurationText.Waited(took)}, configuration {plan.Hash}.",
        (true, false) => $"Written in {DurationText.Waited(took)}, configuration {plan.Hash}.",
        (false, true) => $"Nothing to do, configuration {plan.Hash} is live.",
        _ => $"Nothing to do, configuration {plan.Hash} is written.",
    };

    private void NotesLine(bool withReceipt)
    {
        if (notes.Counts is not { } counts || request.Verbose)
            return;
        var receipt = withReceipt
            ? $", or {Path.GetRelativePath(".", Path.Combine(request.OutputFolder, DeployReceipt.FileName))}"
            : "";
        _screen.Line($"{counts}: esb deploy --verbose{receipt}");
    }
}

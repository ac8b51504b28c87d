using Esb.Sam.Apis;
using Esb.Sam.Functions;
using Esb.Sam.Linking;
using Esb.Sam.Reading;
using Esb.Sam.Receipts;
using Esb.Sam.Resources;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Yaml;

namespace Esb.Sam;

/// <summary>A SAM template as ESB understands it, and the receipt of what became of each part of it.</summary>
public sealed record SamTemplate
{
    /// <summary>In the order of the template, those of nested applications last; the same holds for all lists.</summary>
    public required IReadOnlyList<SamFunction> Functions { get; init; }

    /// <summary>Of all APIs and function URLs.</summary>
    public required IReadOnlyList<SamRoute> Routes { get; init; }

    /// <summary>Keys of APIs that ask for one, in the form of routing.yml.</summary>
    public IReadOnlyList<YamlMapping> ApiKeys { get; init; } = [];

    /// <summary>Names of domains that ask for certificates of clients.</summary>
    public IReadOnlyList<string> GuardedDomains { get; init; } = [];

    /// <summary>APIs that domains of other templates lead to.</summary>
    public IReadOnlyList<MappedApi> MappedApis { get; init; } = [];

    /// <summary>What may close APIs of other templates.</summary>
    internal IReadOnlyList<ClosingResource> Closing { get; init; } = [];

    /// <summary>Whether one of its domains does not let everybody in.</summary>
    internal bool GuardsDomain { get; init; }

    /// <summary>The same, with what other templates of a deploy close: their domains, firewalls and overrides.</summary>
    /// <param name="templates">All of them, this one too.</param>
    /// <param name="diagnostics">Takes what is closed.</param>
    public SamTemplate ClosedBy(IReadOnlyList<SamTemplate> templates, DiagnosticBag diagnostics) =>
        ClosedElsewhere.Close(MutualTls.Close(this, templates.SelectMany(t => t.GuardedDomains), diagnostics), this, templates, diagnostics);

    /// <summary>Layers whose content is beside the template.</summary>
    public required IReadOnlyList<SamLayer> Layers { get; init; }

    /// <summary>DynamoDB tables.</summary>
    public required IReadOnlyList<SamResource> Tables { get; init; }

    /// <summary>S3 buckets.</summary>
    public required IReadOnlyList<SamResource> Buckets { get; init; }

    /// <summary>Names of its parameters.</summary>
    public IReadOnlyList<string> ParameterNames { get; init; } = [];

    /// <summary>What it says to all functions of the platform.</summary>
    public FunctionDefaults Defaults { get; init; } = FunctionDefaults.None;

    /// <summary>What resources say about functions that may stand in another template.</summary>
    internal IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>What opens URLs of functions that may stand in another template.</summary>
    internal IReadOnlyList<UrlPermission> UrlPermissions { get; init; } = [];

    /// <summary>One line for each resource and property.</summary>
    public required IReadOnlyList<ReceiptLine> Receipt { get; init; }

    /// <summary>
    /// Reads a template: text → tree → resolved resources → model.
    /// </summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="file">Its name for messages; files that it names are looked for beside it.</param>
    /// <param name="options">Parameter values and what the pseudo parameters say.</param>
    /// <param name="diagnostics">Takes everything that is wrong, not only the first.</param>
    /// <returns>The model, or null when the template cannot be used; then <paramref name="diagnostics"/> has an error.</returns>
    public static SamTemplate? Read(string text, string file, SamOptions options, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var before = diagnostics.Count(d => d.Severity == Severity.Error);
        var found = new DiagnosticBag { Concealed = diagnostics.Concealed };
        var context = new StackContext(options with { Budget = new ReadBudget(), Names = new PhysicalNames() }, ProjectFiles.Of(file), found, [file], []) { Parameters = options.ParameterOverrides };
        var model = TemplateReader.Open(text, file, context)?.Read().Finish() is { } read ? Concealed(new Links(found).Link(read), found.Concealed) : null;
        List<ReceiptLine> ignored = options.Strict ? [.. model?.Receipt.Where(l => l.Outcome == Outcome.Ignored) ?? []] : [];
        // What is left out has a warning and a line of the receipt; one of them is enough.
        foreach (var diagnostic in found.Where(d => d.Severity != Severity.Warning || !ignored.Exists(l => l.Place.Line > 0 && l.Place.Line == d.Line && l.Place.File == d.File)))
            diagnostics.Add(diagnostic);
        foreach (var line in ignored)
            diagnostics.Add(new Diagnostic(Severity.Error, DiagnosticCodes.NotSupported, $"{line.Resource}: {line.Property} is ignored: {line.Reason}", line.Place.File, line.Place.Line, line.Place.Column, "leave it out, or deploy without --strict"));
        return diagnostics.Count(d => d.Severity == Severity.Error) > before ? null : model;
    }

    private static SamTemplate Concealed(SamTemplate model, ConcealedTexts secrets) => model with
    {
        Receipt = [.. model.Receipt.Select(l => l.Reason.Length == 0 ? l : l with { Reason = secrets.Hide(l.Reason) })],
    };

    /// <summary>This, with what a nested application brings.</summary>
    internal SamTemplate With(SamTemplate application) => this with
    {
        Functions = [.. Functions, .. application.Functions],
        Routes = [.. Routes, .. application.Routes],
        Attachments = [.. Attachments, .. application.Attachments],
        UrlPermissions = [.. UrlPermissions, .. application.UrlPermissions],
        Layers = [.. Layers, .. application.Layers],
        Tables = [.. Tables, .. application.Tables],
        Buckets = [.. Buckets, .. application.Buckets],
        Defaults = Defaults.FilledFrom(application.Defaults),
        Receipt = [.. Receipt, .. application.Receipt],
    };
}

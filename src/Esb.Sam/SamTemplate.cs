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

/// <summary>A SAM template as ESB understands it, with the receipt of how each part is treated.</summary>
public sealed record SamTemplate
{
    /// <summary>
    /// The functions in the order of the template, followed by those of nested applications. All other lists have the
    /// same order.
    /// </summary>
    public required IReadOnlyList<SamFunction> Functions { get; init; }

    /// <summary>The routes of all APIs and function URLs.</summary>
    public required IReadOnlyList<SamRoute> Routes { get; init; }

    /// <summary>The API keys, in the form of routing.yml.</summary>
    public IReadOnlyList<YamlMapping> ApiKeys { get; init; } = [];

    /// <summary>The names of domains that ask for client certificates.</summary>
    public IReadOnlyList<string> GuardedDomains { get; init; } = [];

    /// <summary>The APIs whose domains are in other templates.</summary>
    public IReadOnlyList<MappedApi> MappedApis { get; init; } = [];

    /// <summary>The guards that are not read here and may close APIs of other templates.</summary>
    internal IReadOnlyList<UnreadGuard> UnreadGuards { get; init; } = [];

    /// <summary>Whether one of the template's domains restricts access.</summary>
    internal bool GuardsDomain { get; init; }

    /// <summary>
    /// Closes the APIs that other templates of a deploy restrict with domains, firewalls and overrides.
    /// </summary>
    /// <param name="templates">All templates, including this one.</param>
    /// <param name="diagnostics">Receives a warning for what is closed.</param>
    public SamTemplate ClosedBy(IReadOnlyList<SamTemplate> templates, DiagnosticBag diagnostics)
    {
        var closed = MutualTls.Used(
            MutualTls.Close(this, templates.SelectMany(t => t.GuardedDomains), diagnostics), templates);
        return UnreadGuardsElsewhere.Close(closed, this, templates, diagnostics);
    }

    /// <summary>Layers whose content is next to the template.</summary>
    public required IReadOnlyList<SamLayer> Layers { get; init; }

    /// <summary>DynamoDB tables.</summary>
    public required IReadOnlyList<SamResource> Tables { get; init; }

    /// <summary>S3 buckets.</summary>
    public required IReadOnlyList<SamResource> Buckets { get; init; }

    /// <summary>The names of the template's parameters.</summary>
    public IReadOnlyList<string> ParameterNames { get; init; } = [];

    /// <summary>The defaults that the template sets for all functions of the platform.</summary>
    public FunctionDefaults Defaults { get; init; } = FunctionDefaults.None;

    /// <summary>What resources add to functions, which may be in another template.</summary>
    internal IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>The permissions that open function URLs, which may be in another template.</summary>
    internal IReadOnlyList<UrlPermission> UrlPermissions { get; init; } = [];

    /// <summary>One line for each resource and property.</summary>
    public required IReadOnlyList<ReceiptLine> Receipt { get; init; }

    /// <summary>Reads a template: from text to a tree, to resolved resources, to the model.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="file">The name of the file in messages. Files that it names are relative to it.</param>
    /// <param name="options">Parameter values, pseudo parameters and other options.</param>
    /// <param name="diagnostics">Receives everything that is wrong, not only the first error.</param>
    /// <returns>
    /// The model; null when the template cannot be used, in which case <paramref name="diagnostics"/> has an error.
    /// </returns>
    public static SamTemplate? Read(string text, string file, SamOptions options, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var before = diagnostics.Count(d => d.Severity == Severity.Error);
        var found = new DiagnosticBag { Concealed = diagnostics.Concealed };
        var fresh = options with { Budget = new ReadBudget(), Names = new PhysicalNames() };
        var context = new StackContext(fresh, ProjectFiles.Of(file), found, [file], [])
        {
            Parameters = options.ParameterOverrides,
        };
        var model = TemplateReader.Open(text, file, context)?.Read().Finish() is { } read
            ? Concealed(new Links(found).Link(read), found.Concealed)
            : null;
        List<ReceiptLine> ignored =
            options.Strict ? [.. model?.Receipt.Where(l => l.Outcome == Outcome.Ignored) ?? []] : [];
        // Whatever is ignored has a warning and a line in the receipt. With --strict, both would be errors, so one is
        // enough.
        foreach (var diagnostic in found.Where(d => d.Severity != Severity.Warning
            || !ignored.Exists(l => l.Place.Line > 0 && l.Place.Line == d.Line && l.Place.File == d.File)))
            diagnostics.Add(diagnostic);
        foreach (var line in ignored)
            diagnostics.Add(new Diagnostic(
                Severity.Error,
                DiagnosticCodes.NotSupported,
                $"{line.Resource}: {line.Property} is ignored: {line.Reason}",
                line.Place.File,
                line.Place.Line,
                line.Place.Column,
                "leave it out, or deploy without --strict"));
        return diagnostics.Count(d => d.Severity == Severity.Error) > before ? null : model;
    }

    private static SamTemplate Concealed(SamTemplate model, ConcealedTexts secrets) => model with
    {
        Receipt = [.. model.Receipt.Select(l => l.Reason.Length == 0 ? l : l with { Reason = secrets.Hide(l.Reason) })],
    };

    /// <summary>Returns this model with the contents of a nested application.</summary>
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

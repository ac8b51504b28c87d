using Esb.Sam.Reading;
using Esb.Sam.Receipts;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Applications;

/// <summary>
/// Reads <c>AWS::Serverless::Application</c> and <c>AWS::CloudFormation::Stack</c> whose template is a file of the
/// project, with the parameters that they are given. Their functions, routes and tables become part of this template.
/// Other applications are reported.
/// </summary>
/// <param name="resolver">The resolver of the containing template.</param>
/// <param name="globals">The Globals of the containing template.</param>
internal sealed class NestedApplications(Resolver resolver, YamlMapping globals)
{
    /// <summary>The maximum number of applications in one template, across all depths.</summary>
    public const int MaxCount = 200;

    private readonly Dictionary<string, TemplateReader?> _readers = new(StringComparer.Ordinal);

    /// <summary>The models of all applications that can be read, in order.</summary>
    public IReadOnlyList<ReadStack> Read(IEnumerable<YamlScalar> logicalIds) =>
        [.. logicalIds.Select(id => ReaderOf(id.Value, id)?.Read()).OfType<ReadStack>()];

    /// <summary>
    /// The value of an output; null when the application cannot be read. An unknown output is an error.
    /// </summary>
    public string? Output(string logicalId, string name, YamlNode at) =>
        resolver.Guarded($"the output '{logicalId}.{name}'", at, () =>
        {
            if (ReaderOf(logicalId, at) is not { } reader)
                return null;
            if (reader.Output(name) is { } value)
                return value;
            resolver.Diagnostics.Error(
                DiagnosticCodes.UnknownReference,
                $"the application '{logicalId}' has no output '{name}'",
                at,
                NearMiss.Help(name, reader.Outputs));
            return "";
        });

    private TemplateReader? ReaderOf(string logicalId, YamlNode at)
    {
        if (!_readers.TryGetValue(logicalId, out var reader))
            _readers[logicalId] = reader = Open(logicalId, at);
        return reader;
    }

    private TemplateReader? Open(string logicalId, YamlNode at)
    {
        var context = resolver.Scope.Context;
        var resource = (YamlMapping)resolver.Scope.Resources[logicalId]!;
        var key = resolver.Scope.Resources.KeyNode(logicalId)!;
        var type = resolver.Scope.TypeOf(logicalId);
        var written = Globals.GlobalsMerge.Apply(
            globals, logicalId, type, resource["Properties"] as YamlMapping ?? YamlMapping.Empty, resolver);
        var property = type == "AWS::CloudFormation::Stack" ? "TemplateURL" : "Location";
        if (written[property] is not { } location || resolver.Resolve(location) is not { } resolved)
        {
            context.Diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{logicalId}: '{property}' is missing",
                key,
                $"for example {property}: orders/template.yaml");
            return null;
        }

        if (resolved is not YamlScalar path || path.Value.Contains("://", StringComparison.Ordinal))
        {
            const string Why = "only applications whose template is a file of the project are followed";
            context.Diagnostics.Warning(
                DiagnosticCodes.NotSupported, $"{logicalId}: the application is not created: {Why}", location);
            context.Receipt.Ignored(logicalId, type, Why, key);
            return null;
        }

        if (context.Applications.Count >= StackContext.MaxDepth || ++context.Options.Budget.Applications > MaxCount)
        {
            context.Diagnostics.Error(
                DiagnosticCodes.YamlLimit,
                $"{logicalId}: applications are nested more than {StackContext.MaxDepth} deep, "
                    + $"or there are more than {MaxCount}",
                location);
            return null;
        }

        if (context.Files.Read(path.Value, path, logicalId, context.Diagnostics) is not var (text, file))
            return null;
        if (context.Chain.Any(c => Path.GetFullPath(c) == Path.GetFullPath(file)))
        {
            context.Diagnostics.Error(
                DiagnosticCodes.WrongValue, $"{logicalId}: the application '{path.Value}' contains itself", location);
            return null;
        }

        IReadOnlyList<string> chain = [.. context.Chain, file];
        IReadOnlyList<string> applications = [.. context.Applications, logicalId];
        var parameters = Parameters(logicalId, written["Parameters"], context);
        var inner = new StackContext(context.Options, context.Files, context.Diagnostics, chain, applications)
        {
            Parameters = parameters,
        };
        return TemplateReader.Open(text, file, inner);
    }

    private Dictionary<string, string> Parameters(string logicalId, YamlNode? written, StackContext context)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (written is null || resolver.Resolve(written) is not { } resolved)
            return values;
        if (resolved is not YamlMapping given)
        {
            context.Diagnostics.Error(
                DiagnosticCodes.WrongKind,
                $"{logicalId}: 'Parameters' must be a mapping, but is {resolved.Kind}",
                resolved);
            return values;
        }

        foreach (var (name, value) in given.Entries)
        {
            values[name.Value] = value switch
            {
                YamlScalar text => text.Value,
                YamlSequence list => string.Join(',', list.Items.OfType<YamlScalar>()),
                _ => Texts.Json(value),
            };
        }

        return values;
    }
}

using Esb.Sam.Applications;
using Esb.Sam.Expanding;
using Esb.Sam.Functions;
using Esb.Sam.Globals;
using Esb.Sam.Linking;
using Esb.Sam.Reading;
using Esb.Sam.Receipts;
using Esb.Sam.Resolving;
using Esb.Sam.Resources;
using Esb.Sam.Rules;
using Esb.Sam.Sections;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam;

/// <summary>
/// Reads one template: text, tree in one spelling, parameters, expanded loops, resources with their globals, resolved
/// values, and finally functions, APIs, tables, buckets, layers and nested applications.
/// </summary>
internal sealed class TemplateReader
{
    private readonly YamlMapping _template;
    private readonly YamlMapping _globals;
    private readonly StackContext _context;
    private readonly Resolver _resolver;
    private readonly NestedApplications _applications;

    private TemplateReader(YamlMapping written, bool hasMacros, StackContext context)
    {
        _context = context;
        Transforms.Check(written, context);
        var scope = new TemplateScope(written, context);
        _template = hasMacros ? Expanded(written, scope) : written;
        _globals = _template["Globals"] as YamlMapping ?? YamlMapping.Empty;
        _resolver = new Resolver(hasMacros ? scope.WithSections(_template) : scope, context.Diagnostics);
        _resolver.Share(_globals);
        _applications = new NestedApplications(_resolver, _globals);
        _resolver.Output = _applications.Output;
    }

    /// <summary>Returns a reader for a template; null, with an error, when the text is not a template at all.</summary>
    public static TemplateReader? Open(string text, string file, StackContext context)
    {
        var document = YamlReader.Read(text, file, context.Diagnostics, mergeKeys: true);
        if (document is not null and not YamlMapping)
            context.Diagnostics.Error(
                DiagnosticCodes.WrongKind, $"a template must be a mapping, but is {document.Kind}", document);
        if (document is not YamlMapping mapping)
            return null;
        var tags = new ShortTags(context.Diagnostics);
        return tags.Expand(mapping) is YamlMapping written
            ? new TemplateReader(written, tags.HasMacros, context)
            : null;
    }

    /// <summary>
    /// Reads everything but APIs and routes, whose parts may be in any of the templates that are read together.
    /// </summary>
    public ReadStack Read()
    {
        TemplateSections.Check(_template, _context);
        new RuleSection(_template, _resolver).Check();
        GlobalsMerge.Check(_globals, _context);
        NameLayers();
        var resources = new ResourceSet(new ResourceResolving(_resolver, _globals).All());
        _context.Options.Names.Take(resources, _context);
        foreach (var resource in resources.All)
            Pairs.Check(resource, _context.Diagnostics);
        var inner = _applications.Read(resources.Of("AWS::Serverless::Application", "AWS::CloudFormation::Stack")
            .Select(r => r.Key));
        var layers = new ResourceReader(_context).ReadLayers(resources);
        var read = new FunctionReader(_context).Read(resources);
        var own = new SamTemplate
        {
            Functions = [.. read.Select(f => f.Function with { Schedules = [.. f.Schedules(_context)] })],
            Attachments = new AttachmentReader(_context).Read(resources),
            UrlPermissions = UrlPermissions.Of(_resolver),
            Routes = [],
            Layers = layers,
            Tables = new ResourceReader(_context).ReadTables(resources),
            Buckets = new ResourceReader(_context).ReadBuckets(resources),
            ParameterNames = [.. (_template["Parameters"] as YamlMapping)?.Entries.Select(e => e.Key.Value) ?? []],
            Defaults = PlatformDefaults.Read(_template, _resolver, _context),
            Receipt = _context.Receipt.Lines,
        };
        CheckUnread();
        return new ReadStack(own, resources, read, _resolver, _globals, inner);
    }

    // Layers get their names in the order of the template, independent of references: the first of several versions
    // keeps the name.
    private void NameLayers()
    {
        foreach (var (key, node) in _resolver.Scope.Resources.Entries)
        {
            if (ResourceNames.IsLayer(_resolver.Scope.TypeOf(key.Value)) && (node as YamlMapping)?["Condition"] is null)
                _resolver.NameOf(key.Value, key);
        }
    }

    // Unused outputs and conditions are checked too, because CloudFormation would refuse the template for them.
    private void CheckUnread()
    {
        var trial =
            new Resolver(_resolver.Scope, _context.Diagnostics) { IsTrial = true, Output = _applications.Output };
        new ConditionSection(_template, _resolver, trial).Check();
        new OutputSection(_template, trial).Check();
    }

    /// <summary>
    /// The value of an output, with commas between the items of a list; null when there is no such output or its
    /// condition is false.
    /// </summary>
    public string? Output(string name)
    {
        if ((_template["Outputs"] as YamlMapping)?[name] is not YamlMapping output || output["Value"] is not { } value)
            return null;
        if (output["Condition"] is YamlScalar condition && !_resolver.Condition(condition.Value, condition))
            return null;
        return _resolver.Resolve(value) switch
        {
            YamlScalar text => text.Value,
            YamlSequence list => string.Join(',', list.Items.OfType<YamlScalar>()),
            _ => null,
        };
    }

    /// <summary>The names of the outputs, for suggestions.</summary>
    public IEnumerable<string> Outputs => (_template["Outputs"] as YamlMapping)?.Entries.Select(e => e.Key.Value) ?? [];

    // Parameters and mappings contain no loops, but loops may use both.
    private static YamlMapping Expanded(YamlMapping written, TemplateScope scope)
    {
        var resolver = new Resolver(scope, scope.Context.Diagnostics);
        var loops = new Loops(resolver);
        var whole = Included(resolver, written);
        return new YamlMapping(
            [
                .. whole.Entries.Select(e => e.Value is YamlMapping section
                    && e.Key.Value is "Resources" or "Conditions" or "Outputs" or "Globals"
                    ? e with { Value = Resources(resolver, e.Key.Value, loops.Expand(Included(resolver, section))) }
                    : e),
            ],
            whole.Place);
    }

    // An include or a macro next to Properties applies to the whole resource, as in a section of Globals.
    private static YamlNode Resources(Resolver resolver, string section, YamlNode expanded) =>
        section is not ("Resources" or "Globals") || expanded is not YamlMapping resources
            ? expanded
            : new YamlMapping(
                [.. resources.Entries.Select(
                    e => e.Value is YamlMapping resource ? e with { Value = Included(resolver, resource) } : e)],
                expanded.Place);

    private static YamlMapping Included(Resolver resolver, YamlMapping mapping) =>
        mapping.Contains(Includes.Key) ? Includes.Merge(resolver, mapping) : mapping;
}

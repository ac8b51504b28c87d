using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Terminal;
using Esb.Host.Files;
using Esb.Sam;
using Esb.Sam.Generating;
using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;
using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Cli.Deploying.Templates;

/// <summary>The templates of one deploy, in the order in which they were named: a later one wins.</summary>
internal sealed record TemplateSet(IReadOnlyList<ReadTemplate> Templates)
{
    public TemplateNotes Notes => new([.. Templates.SelectMany(t => t.Model.Receipt)]);

    /// <summary>Reads all of them, so that all that is wrong is seen at once.</summary>
    /// <param name="files">As the user named them.</param>
    /// <param name="options">What they are read with.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <param name="deployed">Functions that the platform has already; null where there is none to ask.</param>
    /// <exception cref="CommandFailure">A file cannot be read.</exception>
    public static TemplateSet Read(IReadOnlyList<string> files, SamOptions options, DiagnosticBag diagnostics, IReadOnlySet<string>? deployed = null)
    {
        List<ReadTemplate> templates = [];
        foreach (var note in options.Notes)
            diagnostics.Add(note);
        options = options with { SharesParameters = files.Count > 1 };
        foreach (var file in files)
        {
            var application = options.Application ?? ReadTemplate.ApplicationOf(file);
            var own = options with { Qualifier = options.QualifiedNames ? application : null };
            if (TemplateBytes.Decode(Bytes(file), file, diagnostics) is { } text && SamTemplate.Read(text, file, own, diagnostics) is { } model)
            {
                var project = ProjectFiles.Of(file, options.SettingFiles, options.PlatformFolders);
                templates.Add(new ReadTemplate(file, model, application) { Project = project });
            }
        }

        List<SamTemplate> models = [.. templates.Select(t => t.Model)];
        templates = [.. templates.Select(t => t with { Model = t.Model.ClosedBy(models, diagnostics) })];
        var known = templates.SelectMany(t => t.Model.ParameterNames).ToHashSet(StringComparer.Ordinal);
        foreach (var unknown in options.ParameterOverrides.Keys.Where(k => files.Count > 1 && templates.Count == files.Count && !known.Contains(k)))
            diagnostics.Add(new Diagnostic(Severity.Warning, DiagnosticCodes.UnknownReference, $"no template has a parameter '{unknown}'", Help: NearMiss.Question(unknown, known)));
        return new TemplateSet(ReplacedParts.Note(Destinations.Check(templates, deployed ?? new HashSet<string>(), options.Strict, diagnostics), options.Strict, diagnostics));
    }

    /// <summary>The three documents of all templates together.</summary>
    /// <param name="built">What was built for each template; null: code stays the path that the template names.</param>
    public IncomingConfiguration Generate(IReadOnlyList<IReadOnlyList<BuiltFunction>>? built)
    {
        List<GeneratedFiles> all = [.. Templates.Select((template, i) => template.Generate(built?[i]))];
        var functions = all.Aggregate(YamlMapping.Empty, (together, files) => FunctionsMerge.Merge(together, files.Functions).Merged);
        var incoming = new IncomingConfiguration(YamlMapping.Empty, YamlMapping.Empty, YamlMapping.Empty)
        {
            Sources = Templates.GroupBy(t => t.Application).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(t => t.File)], StringComparer.Ordinal),
        };
        foreach (var files in all)
        {
            var own = FunctionOwners.OfTemplate(functions, files.Functions, files.Routing);
            incoming = incoming with
            {
                Resources = ResourcesMerge.Merge(incoming.Resources, files.Resources).Merged,
                Functions = FunctionsMerge.Merge(incoming.Functions, own.Functions).Merged,
                Routing = RoutingMerge.Merge(incoming.Routing, own.Routing).Merged,
            };
        }

        return incoming;
    }

    private static byte[] Bytes(string file)
    {
        try
        {
            return OrdinaryFile.ReadAll(file, TemplateBytes.Limit);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandFailure.Usage($"{file}: there is no such template", "name the template with -t FILE");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Usage($"{file}: the template cannot be read: {e.Message}");
        }
    }
}

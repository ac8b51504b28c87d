using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Terminal;
using Esb.Host.Files;
using Esb.Sam;
using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;
using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Cli.Templates;

/// <summary>The templates of one deploy, in the order of the command line: a later one wins.</summary>
internal sealed record TemplateSet(IReadOnlyList<ReadTemplate> Templates)
{
    public TemplateNotes Notes => new([.. Templates.SelectMany(t => t.Model.Receipt)]);

    /// <summary>Reads all of them, so that all errors are reported at once.</summary>
    /// <param name="files">The files, as the user named them.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    /// <param name="deployed">The functions of the platform; null without a platform.</param>
    /// <exception cref="CommandFailure">A file cannot be read.</exception>
    public static TemplateSet Read(
        IReadOnlyList<string> files,
        SamOptions options,
        DiagnosticBag diagnostics,
        IReadOnlySet<string>? deployed = null)
    {
        List<ReadTemplate> templates = [];
        foreach (var note in options.Notes)
            diagnostics.Add(note);
        options = options with { SharesParameters = files.Count > 1 };
        foreach (var file in files)
        {
            var application = options.Application ?? ReadTemplate.ApplicationOf(file);
            var own = options with { Qualifier = options.QualifiedNames ? application : null };
            if (TemplateBytes.Decode(Bytes(file), file, diagnostics) is { } text
                && SamTemplate.Read(text, file, own, diagnostics) is { } model)
            {
                var project =
                    ProjectFiles.Of(file, options.SettingFiles, options.PlatformFolders, options.NamedFiles);
                templates.Add(new ReadTemplate(file, model, application) { Project = project });
            }
        }

        List<SamTemplate> models = [.. templates.Select(t => t.Model)];
        templates = [.. templates.Select(t => t with { Model = t.Model.ClosedBy(models, diagnostics) })];
        var known = templates.SelectMany(t => t.Model.ParameterNames).ToHashSet(StringComparer.Ordinal);
        var areSeveral = files.Count > 1 && templates.Count == files.Count;
        foreach (var unknown in options.ParameterOverrides.Keys.Where(k => areSeveral && !known.Contains(k)))
            diagnostics.Add(new Diagnostic(
                Severity.Warning,
                DiagnosticCodes.UnknownReference,
                $"no template has a parameter '{unknown}'",
                Help: NearMiss.Question(unknown, known)));
        return new TemplateSet(ReplacedParts.Note(
            Destinations.Check(templates, deployed ?? new HashSet<string>(), options.Strict, diagnostics),
            options.Strict,
            diagnostics));
    }

    /// <summary>The three documents of all templates together; code is the path that a template names.</summary>
    public IncomingConfiguration Generate()
    {
        List<ConfigurationDocuments> all = [.. Templates.Select(template => template.Generate())];
        var functions = all.Aggregate(
            YamlMapping.Empty, (together, own) => FunctionsMerge.Merge(together, own.Functions).Merged);
        var merged = ConfigurationDocuments.Empty;
        foreach (var documents in all)
        {
            var (before, own) = (merged, FunctionOwners.OfTemplate(functions, documents));
            merged = ConfigurationDocuments.Of(kind => kind.Merge(before[kind], own[kind]).Merged);
        }

        return new IncomingConfiguration(merged)
        {
            Sources = Templates.GroupBy(t => t.Application)
                .ToDictionary(
                    g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(t => t.File)], StringComparer.Ordinal),
        };
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

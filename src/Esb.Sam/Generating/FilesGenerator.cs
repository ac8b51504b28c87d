using Esb.Sam.Apis;
using Esb.Sam.Functions;
using Esb.Sam.Resources;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Merging;
using Esb.Schema.Schedules;
using Esb.Schema.Yaml;

namespace Esb.Sam.Generating;

/// <summary>
/// Makes the three documents from the model, in the order of the template. The same model gives the same bytes.
/// </summary>
public static class FilesGenerator
{
    /// <summary>
    /// Makes the documents.
    /// </summary>
    /// <param name="template">
    /// The model. The code of a function is its path in the model; see <see cref="BuiltFunctions"/>.
    /// </param>
    /// <param name="application">The application that all entries belong to; null when they name none.</param>
    public static ConfigurationDocuments Generate(SamTemplate template, string? application = null)
    {
        ArgumentNullException.ThrowIfNull(template);
        var functions = template.Functions.Select(f => (f.Name, (YamlNode?)Owned(Function(f), application)));
        return new ConfigurationDocuments(
            YamlMapping.Of(("resources", Resources(template, application))),
            YamlMapping.Of(("defaults", Defaults(template.Defaults)), ("functions", YamlMapping.Of([.. functions]))),
            YamlMapping.Of(
                ("routes", new YamlSequence([.. template.Routes.Select(r => Owned(Route(r), application))])),
                ("api_keys", List(template.ApiKeys
                    .Select(k => Owned(ApiKeyVariable.Named(k, application), application))))));
    }

    private static YamlNode Owned(YamlNode entry, string? application) =>
        application is not null && entry is YamlMapping mapping
            ? mapping.With(ApplicationName.Key, YamlScalar.Text(application))
            : entry;

    private static YamlMapping Function(SamFunction function) => YamlMapping.Of(
        ("image", Text(function.IsImage ? function.ImageUri ?? "" : null)),
        ("code", Text(function.CodePath ?? (function.InlineCode is null ? null : "."))),
        ("runtime", Text(function.Runtime)),
        ("handler", Text(function.Handler)),
        ("timeout", Number(function.Timeout)),
        ("memory_size", Number(function.MemorySize)),
        ("ephemeral_storage", Number(function.EphemeralStorage)),
        ("architectures", Texts(function.Architectures)),
        ("environment", function.Environment.Count == 0
            ? null
            : YamlMapping.Of([.. function.Environment.Select(e => (e.Key, Text(e.Value)))])),
        ("layers", Texts(function.Layers)),
        ("image_config", Config(function.ImageConfig)),
        ("scaling", Scaling(function)),
        ("reserved_concurrency", Number(function.ReservedConcurrency)),
        ("provisioned_concurrency", Number(function.MinCapacity)),
        ("aliases", Texts(function.Aliases)),
        ("async", function.Asynchronous),
        ("url", function.Url is { } url ? YamlMapping.Of(("invoke_mode", Text(url.InvokeMode))) : null),
        ("events", function.Schedules.Count == 0 ? null : new YamlSequence([.. function.Schedules.Select(Schedule)])));

    private static YamlMapping? Scaling(SamFunction function) =>
        function.MinCapacity is null && function.MaxCapacity is null
            ? null
            : YamlMapping.Of(
                ("min_capacity", Number(function.MinCapacity)), ("max_capacity", Number(function.MaxCapacity)));

    private static YamlMapping? Defaults(FunctionDefaults defaults)
    {
        var scaling = YamlMapping.Of(
            ("min_capacity", Number(defaults.Scaling.MinCapacity)),
            ("max_capacity", Number(defaults.Scaling.MaxCapacity)),
            ("idle_timeout", Number(defaults.Scaling.IdleTimeout)),
            ("acquire_timeout", Number(defaults.Scaling.AcquireTimeout)));
        var all = YamlMapping.Of(
            ("environment", defaults.Environment.Count == 0
                ? null
                : YamlMapping.Of([.. defaults.Environment.Select(e => (e.Key, Text(e.Value)))])),
            ("scaling", scaling.Entries.Count == 0 ? null : scaling),
            ("timeout", Number(defaults.Timeout)),
            ("memory_size", Number(defaults.MemorySize)));
        return all.Entries.Count == 0 ? null : all;
    }

    private static YamlMapping? Config(ImageConfig? config) => config is null
        ? null
        : YamlMapping.Of(
            ("entry_point", Texts(config.EntryPoint)),
            ("command", Texts(config.Command)),
            ("working_directory", Text(config.WorkingDirectory)));

    private static YamlMapping Schedule(SamSchedule schedule) => YamlMapping.Of(("schedule", YamlMapping.Of(
        ("expression", Text(schedule.Expression)),
        ("timezone", Text(schedule.Timezone)),
        ("start_date", Moment(schedule.Window.Start)),
        ("end_date", Moment(schedule.Window.End)),
        ("input", Text(schedule.Input)),
        ("enabled", YamlScalar.Boolean(schedule.Enabled)),
        ("retry", schedule.Retry))));

    private static YamlMapping Route(SamRoute route) => YamlMapping.Of(
        ("path", Text(route.Path)),
        ("method", Text(route.Method)),
        ("function", Text(route.Function)),
        ("mock", route.Mock),
        ("http_proxy", route.HttpProxy),
        ("payload", new YamlScalar(route.Payload)),
        ("function_url", route.IsFunctionUrl ? YamlScalar.Boolean(true) : null),
        ("invoke_mode", Text(route.InvokeMode)),
        ("api", Text(route.Api)),
        ("stage", Text(route.Stage)),
        ("stage_variables", route.StageVariables),
        ("base_path", Text(route.BasePath)),
        ("binary_media_types", Texts(route.BinaryMediaTypes)),
        ("cors", route.Cors),
        ("authorizer", AuthorizerForm.Parts(route.Authorizer).Authorizer),
        ("api_key_required", AuthorizerForm.Parts(route.Authorizer).NeedsKey ? YamlScalar.Boolean(true) : null));

    private static YamlMapping Resources(SamTemplate template, string? application) => YamlMapping.Of(
        ("dynamodb", List(template.Tables.Select(t => Owned(t.Properties, application)))),
        ("s3", List(template.Buckets.Select(b => Owned(b.Properties, application)))),
        ("layers", List(template.Layers.Select(l => Owned(Layer(l), application)))));

    private static YamlMapping Layer(SamLayer layer) => YamlMapping.Of(
        ("Name", Text(layer.Name)),
        ("ContentUri", Text(layer.ContentPath)),
        ("CompatibleRuntimes", Texts(layer.CompatibleRuntimes)));

    private static YamlSequence? List(IEnumerable<YamlNode> items) =>
        items.ToList() is { Count: > 0 } some ? new YamlSequence(some) : null;

    private static YamlScalar? Text(string? text) => text is null ? null : YamlScalar.Text(text);

    private static YamlScalar? Moment(DateTimeOffset? moment) =>
        moment is { } at ? new YamlScalar(ScheduleWindow.Write(at)) : null;

    private static YamlScalar? Number(int? number) => number is { } value ? YamlScalar.Number(value) : null;

    private static YamlSequence? Texts(IReadOnlyList<string> texts) =>
        texts.Count == 0 ? null : YamlSequence.OfText(texts);
}

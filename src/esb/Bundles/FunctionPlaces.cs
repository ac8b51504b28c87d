using Esb.Schema.Yaml;

namespace Esb.Cli.Bundles;

/// <summary>The paths of code and layers and the references of images in functions.yml.</summary>
internal static class FunctionPlaces
{
    private const string Functions = "functions";
    private const string Code = "code";
    private const string Image = "image";
    private const string Layers = "layers";

    /// <summary>The document with each path and reference replaced.</summary>
    /// <param name="document">functions.yml.</param>
    /// <param name="folder">Maps the folder of code or of a layer.</param>
    /// <param name="image">Maps the reference of an image.</param>
    public static YamlMapping Replace(YamlMapping document, Func<string, string> folder, Func<string, string> image)
    {
        if (document[Functions] is not YamlMapping functions)
            return document;
        var replaced = functions.Entries.Select(f => f with { Value = Replace(f.Value, folder, image) });
        return document.With(Functions, new YamlMapping([.. replaced]));
    }

    /// <summary>The functions of the document, with their names.</summary>
    public static IEnumerable<(string Name, YamlMapping Function)> Of(YamlMapping document) =>
        (document[Functions] as YamlMapping ?? YamlMapping.Empty).Entries
            .Where(f => f.Value is YamlMapping)
            .Select(f => (f.Key.Value, (YamlMapping)f.Value));

    public static string? CodeOf(YamlMapping function) => Text(function[Code]);

    public static string? ImageOf(YamlMapping function) => Text(function[Image]);

    public static IEnumerable<string> LayersOf(YamlMapping function) =>
        (function[Layers] as YamlSequence)?.Items.Select(Text).OfType<string>() ?? [];

    private static YamlNode Replace(YamlNode node, Func<string, string> folder, Func<string, string> image)
    {
        if (node is not YamlMapping function)
            return node;
        if (CodeOf(function) is { } code)
            function = function.With(Code, YamlScalar.Text(folder(code)));
        if (ImageOf(function) is { } reference)
            function = function.With(Image, YamlScalar.Text(image(reference)));
        return function[Layers] is YamlSequence
            ? function.With(Layers, YamlSequence.OfText(LayersOf(function).Select(folder)))
            : function;
    }

    private static string? Text(YamlNode? node) => (node as YamlScalar)?.Value;
}

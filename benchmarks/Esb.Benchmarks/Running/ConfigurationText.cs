using System.Globalization;
using System.Text;

namespace Esb.Benchmarks.Running;

/// <summary>Configuration files of any size, in the form in which a deploy writes them.</summary>
internal static class ConfigurationText
{
    public static string Functions(int count, string extra = "", int changed = -1)
    {
        var text = new StringBuilder("functions:\n").Append(extra);
        for (var i = 0; i < count; i++)
        {
            var revision = i == changed ? "ffffffff" : i.ToString("x8", CultureInfo.InvariantCulture);
            text.Append(
                CultureInfo.InvariantCulture,
                $"  service{i % 200}-function{i}:\n"
                    + $"    code: /srv/esb/prod/functions/service{i % 200}-function{i}/{revision}\n"
                    + $"    runtime: python3.11\n    handler: app.handler\n    revision: {revision}\n    timeout: 30\n"
                    + $"    memory_size: 256\n    environment:\n      TABLE: table{i % 50}\n      STAGE: prod\n");
        }

        return text.ToString();
    }

    public static string Routing(int count, string extra = "")
    {
        var text = new StringBuilder("routes:\n").Append(extra);
        for (var i = 0; i < count; i++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"  - path: /service{i % 200}/items{i}/{{id}}\n    method: GET\n"
                    + $"    function: service{i % 200}-function{i}\n    payload: \"1.0\"\n");
        return text.ToString();
    }

    /// <summary>A function with existing code, for files with an <c>extra</c>.</summary>
    public static string Function(string name, string code, string runtime, string handler) =>
        $"  {name}:\n    code: {code}\n    runtime: {runtime}\n    handler: {handler}\n"
            + $"    scaling: {{ max_capacity: 1 }}\n";

    /// <summary>A route whose preflight the gateway answers by itself.</summary>
    public static string Route(string path, string function) =>
        $"  - path: {path}\n    method: GET\n    function: {function}\n    payload: \"1.0\"\n    cors:\n"
            + "      allow_origins: [\"*\"]\n";
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Esb.Cli.Terminal;

namespace Esb.Cli.Gateway;

/// <summary>What the gateway tells, of one application alone.</summary>
internal static class ApplicationFilter
{
    /// <summary>The parts of one application.</summary>
    /// <exception cref="CommandFailure">There is no such application.</exception>
    public static StatusDocument Of(StatusDocument status, string? application)
    {
        if (application is null)
            return status;
        Require(application, status.Functions.Select(f => f.Application).Concat(status.Routes.Select(r => r.Application)));
        List<FunctionStatus> functions = [.. status.Functions.Where(f => f.Application == application)];
        List<RouteStatus> routes = [.. status.Routes.Where(r => r.Application == application)];
        return status with
        {
            Configuration = status.Configuration with { Functions = functions.Count, Routes = routes.Count },
            Functions = functions,
            Routes = routes,
            Workers = [.. status.Workers.Where(w => functions.Exists(f => f.Name == w.Function))],
        };
    }

    /// <summary>The routes of one application.</summary>
    /// <exception cref="CommandFailure">There is no such application.</exception>
    public static IReadOnlyList<RouteStatus> Of(IReadOnlyList<RouteStatus> routes, string? application)
    {
        if (application is null)
            return routes;
        Require(application, routes.Select(r => r.Application));
        return [.. routes.Where(r => r.Application == application)];
    }

    /// <summary>A document of the gateway with all that it says, but only of one application.</summary>
    /// <param name="document">JSON: a list, or lists of functions, routes and workers.</param>
    /// <param name="application">Null: as it is.</param>
    /// <exception cref="CommandFailure">There is no such application.</exception>
    public static string Json(byte[] document, string? application)
    {
        if (application is null)
            return Encoding.UTF8.GetString(document);
        var root = JsonNode.Parse(document);
        List<JsonArray> lists = [.. root is JsonArray all ? [all] : ((string[])["functions", "routes"]).Select(name => root?[name]).OfType<JsonArray>()];
        Require(application, lists.SelectMany(l => l).Select(ApplicationOf));
        foreach (var list in lists)
            Keep(list, item => ApplicationOf(item) == application);
        if (root is JsonObject && root["workers"] is JsonArray workers)
        {
            var names = (root["functions"] as JsonArray)?.Select(f => (string?)f?["name"]).ToHashSet() ?? [];
            Keep(workers, worker => names.Contains((string?)worker?["function"]));
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            root!.WriteTo(json);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <exception cref="CommandFailure">There is no such application.</exception>
    public static void Require(string application, IEnumerable<string?> known)
    {
        List<string> names = [.. known.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (!names.Contains(application))
            throw CommandFailure.Environment($"there is no application '{application}'", NearMiss.Question(application, names) ?? (names.Count == 0 ? "no application is there" : $"there are: {string.Join(", ", names)}"));
    }

    private static string? ApplicationOf(JsonNode? item) => (string?)item?["application"];

    private static void Keep(JsonArray list, Predicate<JsonNode?> stays)
    {
        for (var i = list.Count - 1; i >= 0; i--)
        {
            if (!stays(list[i]))
                list.RemoveAt(i);
        }
    }
}

using Esb.AdminProtocol;
using Esb.Cli.Terminal;

namespace Esb.Cli.Gateway;

/// <summary>Filters the gateway's answers by application.</summary>
internal static class ApplicationFilter
{
    /// <summary>The status of one application, or of all when none is named.</summary>
    /// <exception cref="CommandFailure">There is no such application.</exception>
    public static StatusDocument Of(StatusDocument status, string? application)
    {
        if (application is null)
            return status;
        var known = status.Functions.Select(f => f.Application).Concat(status.Routes.Select(r => r.Application));
        Require(application, known);
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

    /// <exception cref="CommandFailure">There is no such application.</exception>
    public static void Require(string application, IEnumerable<string?> known)
    {
        var names = known.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (names.Contains(application))
            return;
        var all = names.Count == 0 ? "none is deployed" : $"there are: {string.Join(", ", names)}";
        throw CommandFailure.Environment(
            $"there is no application '{application}'", NearMiss.Question(application, names) ?? all);
    }
}

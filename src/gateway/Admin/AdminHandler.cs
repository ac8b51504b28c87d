using System.Reflection;
using Esb.AdminProtocol;
using Esb.Gateway.Agent;
using Esb.Gateway.Configuration;
using Esb.Gateway.Events;
using Esb.Gateway.Listening;
using Esb.Gateway.Logs;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Admin;

/// <summary>
/// The admin port, for operators and <c>esb</c>. It is not for clients and listens on loopback by default.
/// </summary>
internal sealed class AdminHandler(
    LiveConfiguration configuration,
    Reloader reloader,
    LogStore logs,
    AdminHandler.Platform platform,
    TimeProvider time)
{
    private const string NotOurs =
        "the three files may hold secrets: only the gateway's own user and root may read them, on its own machine";

    private static readonly AdminMessage Ending = new("this gateway has been told to end, and serves no new clients");

    private static readonly AdminMessage NotFound = new(
        "not found: try /, /status, /functions, /routes, /workers, /logs, /metrics, /configuration, POST /reload or "
        + "POST /images?image=REFERENCE");

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    /// <summary>The version of this binary.</summary>
    public static string Version { get; } = typeof(AdminHandler).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public Task HandleAsync(HttpContext context) =>
        (context.Request.Method, RequestTarget.Of(context).Path.ToString()) switch
        {
            ("GET", AdminPath.Page) => AdminPage.WriteAsync(context),
            ("GET", AdminPath.Status) => JsonReply.WriteAsync(context, 200, Status(), AdminJson.Default.StatusDocument),
            ("GET", AdminPath.Functions) => JsonReply.WriteAsync(
                context, 200, Status().Functions, AdminJson.Default.IReadOnlyListFunctionStatus),
            ("GET", AdminPath.Routes) => JsonReply.WriteAsync(
                context, 200, Status().Routes, AdminJson.Default.IReadOnlyListRouteStatus),
            ("GET", AdminPath.Workers) => JsonReply.WriteAsync(
                context, 200, Status().Workers, AdminJson.Default.IReadOnlyListWorkerStatus),
            ("GET", AdminPath.Metrics) => Metrics.WriteAsync(
                context, configuration.Current, platform.Figures, new ReloadMetrics(configuration, reloader, time)),
            ("GET", AdminPath.Logs) => LogStream.WriteAsync(context, logs, configuration, time),
            ("GET", AdminPath.Configuration) => ConfigurationAsync(context),
            ("POST", AdminPath.Reload) => ReloadAsync(context),
            ("POST", AdminPath.Images) => PrepareImageAsync(context),
            _ => MessageAsync(context, StatusCodes.Status404NotFound, NotFound),
        };

    /// <summary>Writes the health document, which the public port serves as well.</summary>
    public Task HealthAsync(HttpContext context) => JsonReply.WriteAsync(
        context, 200, StatusReport.Health(configuration.Current, reloader), AdminJson.Default.HealthDocument);

    private async Task ReloadAsync(HttpContext context)
    {
        // A deploy must not report a configuration as live that no client can reach.
        if (platform.Readiness.IsDraining)
        {
            await MessageAsync(context, StatusCodes.Status503ServiceUnavailable, Ending);
            return;
        }

        await reloader.ReloadAsync(context.RequestAborted);
        await HealthAsync(context);
    }

    private Task ConfigurationAsync(HttpContext context)
    {
        var folder = platform.RuntimeFolder;
        if (!PeerUser.IsOurs(context.Connection))
            return FilesAsync(context, StatusCodes.Status403Forbidden, ServedFilesReader.Withheld(NotOurs, folder));
        try
        {
            return FilesAsync(context, 200, ServedFilesReader.Read(configuration.Current.Written, folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var withheld = ServedFilesReader.Withheld(e.Message, folder);
            return FilesAsync(context, StatusCodes.Status500InternalServerError, withheld);
        }
    }

    private static Task FilesAsync(HttpContext context, int status, ServedFiles files) =>
        JsonReply.WriteAsync(context, status, files, ServedFilesJson.Default.ServedFiles);

    private static Task MessageAsync(HttpContext context, int status, AdminMessage message) =>
        JsonReply.WriteAsync(context, status, message, AdminJson.Default.AdminMessage);

    private async Task PrepareImageAsync(HttpContext context)
    {
        var image = context.Request.Query["image"].ToString();
        var (status, message) = image switch
        {
            "" => (StatusCodes.Status400BadRequest, "name the image: POST /images?image=REFERENCE"),
            _ when !platform.Images.CanAsk => (StatusCodes.Status503ServiceUnavailable, "the agent cannot be reached"),
            _ => await platform.Images.EnsureAsync(image, context.RequestAborted) is { } reason
                ? (StatusCodes.Status502BadGateway, reason)
                : (StatusCodes.Status200OK, $"{image} is there"),
        };
        await MessageAsync(context, status, new AdminMessage(message));
    }

    private StatusDocument Status()
    {
        var (snapshot, figures) = (configuration.Current, platform.Figures);
        var functions = snapshot.Functions.Values.OrderBy(f => f.Name, StringComparer.Ordinal);
        var workers =
            from pool in configuration.AllPools()
            from worker in pool.Snapshot()
            select StatusReport.Of(worker, pool, snapshot);
        return new StatusDocument
        {
            Version = Version,
            StartedAt = _startedAt,
            Pid = Environment.ProcessId,
            Configuration = StatusReport.Of(snapshot, reloader),
            Functions = [.. functions.Select(f => StatusReport.Of(f, snapshot.Routes.All))],
            Routes = [.. snapshot.Routes.All.Select(StatusReport.Of)],
            Workers = [.. workers],
            Asynchronous = new AsynchronousStatus(
                figures.Asynchronous.Pending,
                figures.Asynchronous.PendingBytes,
                figures.Asynchronous.GivenUp,
                figures.Asynchronous.DamagedRecords),
            WorkersMemory = figures.Memory.Taken,
        };
    }

    /// <summary>What the admin port reports and controls besides the configuration.</summary>
    /// <param name="Figures">Figures about requests, events and memory.</param>
    /// <param name="Images">Pulls images.</param>
    /// <param name="RuntimeFolder">The preferred configuration folder.</param>
    /// <param name="Readiness">Whether the process is about to end.</param>
    internal sealed record Platform(
        PlatformFigures Figures, ImagePreparation Images, string RuntimeFolder, Readiness Readiness);
}

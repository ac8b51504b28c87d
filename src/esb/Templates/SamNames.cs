namespace Esb.Cli.Templates;

/// <summary>
/// The names of <c>sam</c>'s commands and their parameters in <c>samconfig</c>. Source: AWS SAM CLI command reference.
/// </summary>
internal static class SamNames
{
    /// <summary>A parameter of ESB; <c>sam</c> ignores unknown ones.</summary>
    public const string QualifiedNames = "qualified_names";

    /// <summary>The commands whose parameters ESB reads.</summary>
    public static readonly IReadOnlyCollection<string> ReadCommands = ["deploy", "global"];

    /// <summary>The parameters that ESB reads.</summary>
    public static readonly IReadOnlyCollection<string> ReadParameters =
        ["stack_name", "template_file", "template", "parameter_overrides", QualifiedNames];

    public static readonly IReadOnlyCollection<string> Commands = Words(
        """
        build cloud delete deploy docs global init list_endpoints list_resources list_stack_outputs local_callback local_execution local_generate_event local_invoke local_start_api
        local_start_function_urls local_start_lambda logs package pipeline_bootstrap pipeline_init publish remote_callback remote_execution remote_invoke remote_test_event_delete
        remote_test_event_get remote_test_event_list remote_test_event_put sync traces validate
        """);

    /// <summary>The parameters of <c>deploy</c>, and of all commands for <c>global</c>.</summary>
    public static readonly IReadOnlyCollection<string> Parameters =
    [
        .. ReadParameters,
        .. Words(
            """
            add_host base_dir beta_features build_dir build_image build_in_source cache_dir cached capabilities code confirm_changeset config_env config_file container_env_vars
            container_env_var container_env_var_file container_host container_host_interface debug debug_args debug_port debug_function debugger_path dependency_layer disable_authorizer
            disable_rollback docker_network docker_volume_basedir env_vars event exclude fail_on_empty_changeset force_image_build force_upload guided host hook_name image_repositories
            image_repository invoke_image kms_key_id language layer_cache_basedir lint log_file manifest max_wait_duration merge_accounts metadata mount_symlinks mount_with name
            no_beta_features no_cached no_confirm_changeset no_disable_rollback no_event no_execute_changeset no_fail_on_empty_changeset no_memory_limit no_progressbar no_prompts
            no_resolve_s3 no_tracing no_use_container notification_arns on_failure output output_template_file parallel parameter port profile project_template_dir region resolve_image_repos
            resolve_s3 resource resource_id role_arn runtime s3_bucket s3_prefix save_params shutdown signing_profiles skip_prepare_infra skip_pull_image ssl_cert_file ssl_key_file
            static_dir tags tail tenant_id terraform_plan_file terraform_project_root_path tracing use_buildkit use_container use_json warm_containers watch watch_exclude
            """),
    ];

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}

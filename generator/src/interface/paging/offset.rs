//! What an `offset` counts, where the page says it in words only. The model has no words.
//! An entry states what the page says. An operation that is not listed counts items from 0, as most pages say.

/// What the value of an `offset` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counts {
    /// The number of an item. The first one has this number.
    Items(u32),
    /// The number of a page. The first one has this number.
    Pages(u32),
    /// The page says something that does not settle it.
    Unclear,
    /// It is not listed here.
    Unstated,
}

/// What the `offset` of an operation counts.
pub(super) fn counts(service: &str, id: &str) -> Counts {
    let mut entries = STATED.iter();
    let found =
        entries.find(|(of, ids, _)| *of == service && (ids.is_empty() || ids.contains(&id)));
    found.map_or(Counts::Unstated, |(_, _, counts)| *counts)
}

/// Service, operations (none: all others), and what the page says. The first entry that fits counts.
type Entry = (&'static str, &'static [&'static str], Counts);

const STATED: &[Entry] = &[
    ("aom", &[], Counts::Unclear),
    ("bms", &["ListBmsDetailsV1"], Counts::Pages(1)),
    ("cbr", &["ListTasks"], Counts::Items(0)),
    ("ces", &["ListEvents"], Counts::Unclear),
    (
        "css",
        &[
            "ListClusterRoutes",
            "ListClusterUpgradesOrAzSwitchovers",
            "ListClusters",
            "ListLogBackupTasks",
            "ListTasksOfParameterConfigurations",
        ],
        Counts::Items(1),
    ),
    (
        "dataarts",
        &[
            "ListJobInstances",
            "ListJobs",
            "ListResources",
            "ListScripts",
        ],
        Counts::Pages(0),
    ),
    ("dataarts", &[], Counts::Unclear),
    (
        "dcs",
        &[
            "ListBackupRecordsV1",
            "ListInstancesV1",
            "ListRestorationRecordsV1",
        ],
        Counts::Items(1),
    ),
    ("dms", &["ListMessages"], Counts::Unclear),
    ("dws", &[], Counts::Pages(0)),
    ("ecs", &["ListEcsDetailsV1"], Counts::Pages(1)),
    ("lts", &[], Counts::Unclear),
    (
        "modelarts",
        &[
            "ListAlgorithms",
            "ListAllNotebookInstances",
            "ListDevelopmentEnvironmentInstances",
            "ListEventsOfTrainingJob",
            "ListJobsInDedicatedResourcePool",
            "ListModelRuntimes",
            "ListNotebookInstanceSpecifications",
            "ListNotebookInstances",
            "ListOrders",
            "ListServiceTasks",
            "ListSupportedImages",
            "ListSupportedServiceDeploymentSpecifications",
            "ListSwitchableNotebookInstanceSpecifications",
            "ListTrialsUsingHyperparameterSearch",
        ],
        Counts::Items(0),
    ),
    (
        "modelarts",
        &[
            "ListAiApplications",
            "ListAlgorithmTypesForDataProcessing",
            "ListAllLabelingTeamMembers",
            "ListAllResourceTagsOfResourcePools",
            "ListAuthorizations",
            "ListAutoLabelingSamples",
            "ListAutoLabelingTasks",
            "ListDatasetExportTasks",
            "ListDatasetImportTasks",
            "ListDatasetLabels",
            "ListDatasetVersions",
            "ListDatasets",
            "ListLabelingTeamMembers",
            "ListLabelingTeams",
            "ListProcessingTasks",
            "ListResultsOfDataProcessingTaskVersion",
            "ListSamples",
            "ListSamplesOfTeamLabelingTask",
            "ListServiceEventLogs",
            "ListServices",
            "ListTeamLabelingTasksByTeamMember",
            "ListTeamLabelingTasksOfDataset",
            "ListVersionsOfDataProcessingTask",
        ],
        Counts::Pages(0),
    ),
    ("modelarts", &[], Counts::Unclear),
    ("mrs", &["ListJobs"], Counts::Unclear),
    (
        "rds",
        &["GetDatabaseErrorLog", "GetDatabaseSlowLog"],
        Counts::Pages(1),
    ),
    ("rms", &["ListSupportedCloudServices"], Counts::Unclear),
    (
        "rocketmq",
        &["ListMetadataMigrationTasks"],
        Counts::Pages(1),
    ),
    ("wafcloud", &[], Counts::Pages(0)),
];

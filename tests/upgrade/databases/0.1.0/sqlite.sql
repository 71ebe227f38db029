BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE alerts (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	unit_id CHAR(32), 
	kind VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	object_id VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	seen_at DATETIME, 
	seen_by CHAR(32), 
	CONSTRAINT pk_alerts PRIMARY KEY (id), 
	CONSTRAINT fk_alerts_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_alerts_seen_by_users FOREIGN KEY(seen_by) REFERENCES users (id), 
	CONSTRAINT fk_alerts_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_alerts_kind_object_id UNIQUE (kind, object_id)
);
INSERT INTO "alerts" VALUES('cf53d8cc6cbe48d5972ff08e033d05be','6b8dca93f0404b55a7eb38cf02b7a494',NULL,'cycle-due-soon','围绕四项整治的暗访通报 2026-09-24 – 2026-09-30','e3e7d320-0374-43bf-8e57-ae91680a2b42','2026-10-11 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('e9aa37f17a054ca2808423992315bd36','7b68badc8e00439581cb4adc45abe517',NULL,'cycle-due-soon','工作要点逐条落实情况报告 2026-09-30 – 2026-10-06','535efd34-1942-43b2-a0d5-e8ecbf5aa21a','2026-10-11 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('6301d8d899f04a97b259b0eb113294b7','7b68badc8e00439581cb4adc45abe517',NULL,'cycle-due-soon','上下班纪律、会风、城乡清洁复查 2026-09-29 – 2026-09-30','de49da3b-73db-4bda-b699-078ac4429933','2026-10-11 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('0e3a5c9735e942678044b084a19302cd','b23d08ebb85a40b1bd5dafce944293f9','2eea26e46f624721aa257f5c651c8b87','cycle-due-soon','整改落实情况报告 2026-10-05 – 2026-10-09','2a1bfd16-43e1-43b1-9246-f1f8c576c54b','2026-10-11 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('4610946a7c244d3a97a0141a18abd2f9','b23d08ebb85a40b1bd5dafce944293f9',NULL,'cycle-due-soon','整改情况督查 2026-10-05 – 2026-10-09','36f003b0-9098-4ff5-aa0b-c2e141acedaf','2026-10-11 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('0c94c362b8d4462baf051f71abfdc162','b23d08ebb85a40b1bd5dafce944293f9','e045ff7c751a437ab4bdb89ae716288b','cycle-due-soon','整改落实情况报告 2026-10-05 – 2026-10-09','47ec1d1c-66cb-4f1b-956e-af8d3f1e088f','2026-10-11 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('7041f3afa03941bba632d35fa3c89e46','b23d08ebb85a40b1bd5dafce944293f9','a21c12fd887b40bfa34b77ffbe978ea5','cycle-due-soon','整改落实情况报告 2026-10-05 – 2026-10-09','6b47e7e3-fbba-47b3-bc15-db123a1b0227','2026-10-11 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('d932ad09b9a347788e6f68d1ff651e0d','b23d08ebb85a40b1bd5dafce944293f9','6390e8fe99a44bc3ac08f79c036659a9','cycle-due-soon','整改落实情况报告 2026-10-05 – 2026-10-09','735fa7ed-d0cb-4b73-9d6d-f901ed753fe2','2026-10-11 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('1b9d8734d3ca47b6b15e25fb2ba7c194','b23d08ebb85a40b1bd5dafce944293f9','0bc008fdf97e4ac99180087666fa10fd','cycle-due-soon','整改落实情况报告 2026-10-05 – 2026-10-09','8e3403c3-7fd7-48e2-901c-c95f74c8a1de','2026-10-11 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('2f745cb077eb41898da4ddb2c5b50767','b23d08ebb85a40b1bd5dafce944293f9','746a29a47269458bb3cf3d5e905b7887','cycle-due-soon','整改落实情况报告 2026-10-05 – 2026-10-09','b57f56df-7ba5-435b-9429-e7e179b6f138','2026-10-11 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('ce3bb412d55a43c19e77e568f9d6c235','6b8dca93f0404b55a7eb38cf02b7a494',NULL,'cycle-missed','围绕四项整治的暗访通报 2026-09-24 – 2026-09-30','e3e7d320-0374-43bf-8e57-ae91680a2b42','2026-10-18 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('168240a4b2bc41abba4ea9dfc0c7d0b5','7b68badc8e00439581cb4adc45abe517',NULL,'cycle-missed','工作要点逐条落实情况报告 2026-09-30 – 2026-10-06','535efd34-1942-43b2-a0d5-e8ecbf5aa21a','2026-10-18 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('b9cbc62ab4194eadb8ce7c648bab69e7','7b68badc8e00439581cb4adc45abe517',NULL,'cycle-missed','上下班纪律、会风、城乡清洁复查 2026-09-29 – 2026-09-30','de49da3b-73db-4bda-b699-078ac4429933','2026-10-18 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('9488ead10c7e4236adedf4b0db31959b','7b68badc8e00439581cb4adc45abe517',NULL,'cycle-due-soon','工作要点逐条落实情况报告 2026-10-06 – 2026-10-14','5c9fa8a0-3acd-4e94-b5cd-1cb21fd2e64f','2026-10-18 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('fbe628b30f5f43f99f9f89b00377644a','b23d08ebb85a40b1bd5dafce944293f9','2eea26e46f624721aa257f5c651c8b87','cycle-missed','整改落实情况报告 2026-10-05 – 2026-10-09','2a1bfd16-43e1-43b1-9246-f1f8c576c54b','2026-10-18 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('8450ddf42c03461aa6c2608c2f73a653','b23d08ebb85a40b1bd5dafce944293f9',NULL,'cycle-missed','整改情况督查 2026-10-05 – 2026-10-09','36f003b0-9098-4ff5-aa0b-c2e141acedaf','2026-10-18 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('4b3f803a1f44403eaa99f36cf2a307c6','b23d08ebb85a40b1bd5dafce944293f9','e045ff7c751a437ab4bdb89ae716288b','cycle-missed','整改落实情况报告 2026-10-05 – 2026-10-09','47ec1d1c-66cb-4f1b-956e-af8d3f1e088f','2026-10-18 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('d5c0c4b8631943d6a74f0a90f7665cf8','b23d08ebb85a40b1bd5dafce944293f9','a21c12fd887b40bfa34b77ffbe978ea5','cycle-missed','整改落实情况报告 2026-10-05 – 2026-10-09','6b47e7e3-fbba-47b3-bc15-db123a1b0227','2026-10-18 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('98c8d090a8074838b3301dbc8c42da2e','b23d08ebb85a40b1bd5dafce944293f9','6390e8fe99a44bc3ac08f79c036659a9','cycle-missed','整改落实情况报告 2026-10-05 – 2026-10-09','735fa7ed-d0cb-4b73-9d6d-f901ed753fe2','2026-10-18 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('80b8d9f5c57a4a46b034e5e4f3f47cae','b23d08ebb85a40b1bd5dafce944293f9','0bc008fdf97e4ac99180087666fa10fd','cycle-missed','整改落实情况报告 2026-10-05 – 2026-10-09','8e3403c3-7fd7-48e2-901c-c95f74c8a1de','2026-10-18 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('69adac52c4334223a2bce03728e57035','b23d08ebb85a40b1bd5dafce944293f9','746a29a47269458bb3cf3d5e905b7887','cycle-missed','整改落实情况报告 2026-10-05 – 2026-10-09','b57f56df-7ba5-435b-9429-e7e179b6f138','2026-10-18 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('2ed7db6ca19d45b1b51c2d8b9b367b8b','7b68badc8e00439581cb4adc45abe517',NULL,'cycle-missed','工作要点逐条落实情况报告 2026-10-06 – 2026-10-14','5c9fa8a0-3acd-4e94-b5cd-1cb21fd2e64f','2026-10-25 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('3fbad5ff6b7c420f853b356791995561','7b68badc8e00439581cb4adc45abe517','f542fb42453a4e57a7494343cda5f755','card-yellow','示范-001 道路运输经营许可','8869eda5-47b7-4532-bdc3-0b77138ac9d2','2026-10-25 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('91f89e01efcb4e2e8b6aaf4792c8cfb4','6b8dca93f0404b55a7eb38cf02b7a494','f542fb42453a4e57a7494343cda5f755','register-overdue','学习材料发放（人手一册） · 已签收','8dca151b-7e0d-4c0d-9ee2-876b617f1afa 2026-10-21T10:00:00+00:00','2026-10-25 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('0642e826cf6244b2ad76313714deb881','7b68badc8e00439581cb4adc45abe517','f542fb42453a4e57a7494343cda5f755','card-red','示范-001 道路运输经营许可','b169e24c-a91a-44e8-833c-60c61f2f6e3c','2026-11-01 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('582d625f60d84288846bfa52cf652561','b23d08ebb85a40b1bd5dafce944293f9','746a29a47269458bb3cf3d5e905b7887','cycle-due-soon','整改落实情况报告 2026-10-09 – 2026-10-28','456ce8e7-4ba9-4d16-b977-eaa7703fbb58','2026-11-01 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('729a7b8085fd47d5ac99613e30b810d1','b23d08ebb85a40b1bd5dafce944293f9','e045ff7c751a437ab4bdb89ae716288b','cycle-due-soon','整改落实情况报告 2026-10-09 – 2026-10-28','52f1249f-3e4c-45ad-9974-491f7624c2f3','2026-11-01 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('9c465b6974094f0ebad054236b2b80fd','b23d08ebb85a40b1bd5dafce944293f9','0bc008fdf97e4ac99180087666fa10fd','cycle-due-soon','整改落实情况报告 2026-10-09 – 2026-10-28','64f40620-a255-4ae1-97b9-a495c63254a9','2026-11-01 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('3a11dd39dc79494f97ef12f0eabfe4b8','b23d08ebb85a40b1bd5dafce944293f9','6390e8fe99a44bc3ac08f79c036659a9','cycle-due-soon','整改落实情况报告 2026-10-09 – 2026-10-28','6d4b2b4f-7d1b-4390-bdcd-9f6840b7d215','2026-11-01 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('9be6e6ee8af6453c901e10012da92fab','b23d08ebb85a40b1bd5dafce944293f9','2eea26e46f624721aa257f5c651c8b87','cycle-due-soon','整改落实情况报告 2026-10-09 – 2026-10-28','6d5a675a-70b5-45c7-9936-883afa890d9f','2026-11-01 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('fb6a661a8fcd44e981d396843504b898','b23d08ebb85a40b1bd5dafce944293f9','a21c12fd887b40bfa34b77ffbe978ea5','cycle-due-soon','整改落实情况报告 2026-10-09 – 2026-10-28','9de26d94-4681-4cd4-80e5-f4c6636e244f','2026-11-01 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('d876e441257d45bc8681d96712578dd6','b23d08ebb85a40b1bd5dafce944293f9',NULL,'cycle-due-soon','整改情况督查 2026-10-09 – 2026-10-28','e6e5d840-1539-4a95-abcb-65008478e013','2026-11-01 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('694d7456687d444a9e72a8232cd9f5a2','7b68badc8e00439581cb4adc45abe517','4bf49f563a964b3e8ece13c3eb824880','register-overdue','首问责任岗AB岗表 · 已报','8007e437-65b5-4a6a-ab6a-9931e622669e 2026-10-30T10:00:00+00:00','2026-11-01 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('b714dda9bcba4c93a5e22d33a6aaf65f','6b8dca93f0404b55a7eb38cf02b7a494',NULL,'cycle-missed','围绕四项整治的暗访通报 2026-10-01 – 2026-10-31','3bb90a55-79aa-47d8-9137-d986b77a6c4b','2026-11-08 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('c01f725894d347bca393ba7db20677d2','7b68badc8e00439581cb4adc45abe517','4bf49f563a964b3e8ece13c3eb824880','card-blue','示范-002 企业投资项目核准','2fa38000-581f-434e-8a33-d1cd28e2e3e4','2026-11-08 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('46854b4c81614ce2befc625c803e8d3f','b23d08ebb85a40b1bd5dafce944293f9','746a29a47269458bb3cf3d5e905b7887','cycle-missed','整改落实情况报告 2026-10-09 – 2026-10-28','456ce8e7-4ba9-4d16-b977-eaa7703fbb58','2026-11-08 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('ea679b07218147f9b817cdd046dc702b','b23d08ebb85a40b1bd5dafce944293f9','e045ff7c751a437ab4bdb89ae716288b','cycle-missed','整改落实情况报告 2026-10-09 – 2026-10-28','52f1249f-3e4c-45ad-9974-491f7624c2f3','2026-11-08 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('c5a016cd082d49e081500348256e1a53','b23d08ebb85a40b1bd5dafce944293f9','0bc008fdf97e4ac99180087666fa10fd','cycle-missed','整改落实情况报告 2026-10-09 – 2026-10-28','64f40620-a255-4ae1-97b9-a495c63254a9','2026-11-08 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('1cb278635c7644b2b5c113310db86728','b23d08ebb85a40b1bd5dafce944293f9','6390e8fe99a44bc3ac08f79c036659a9','cycle-missed','整改落实情况报告 2026-10-09 – 2026-10-28','6d4b2b4f-7d1b-4390-bdcd-9f6840b7d215','2026-11-08 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('8b14588c0c2d468292b2bd0c21ac645a','b23d08ebb85a40b1bd5dafce944293f9','2eea26e46f624721aa257f5c651c8b87','cycle-missed','整改落实情况报告 2026-10-09 – 2026-10-28','6d5a675a-70b5-45c7-9936-883afa890d9f','2026-11-08 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('60bf57e7cd124c7e871a7bf928740160','b23d08ebb85a40b1bd5dafce944293f9','a21c12fd887b40bfa34b77ffbe978ea5','cycle-missed','整改落实情况报告 2026-10-09 – 2026-10-28','9de26d94-4681-4cd4-80e5-f4c6636e244f','2026-11-08 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('0c243d8c7e2f428dbd5b220d9a6cc52f','b23d08ebb85a40b1bd5dafce944293f9',NULL,'cycle-missed','整改情况督查 2026-10-09 – 2026-10-28','e6e5d840-1539-4a95-abcb-65008478e013','2026-11-08 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('e1662f202a49471f817d069fa0d42dad','7b68badc8e00439581cb4adc45abe517','4bf49f563a964b3e8ece13c3eb824880','register-overdue','首问责任人授权书 · 已报','3df68542-8ebd-4c0a-b879-a6f8d80af74c 2026-11-05T10:00:00+00:00','2026-11-08 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('eac5ea3f78734547a1e3922b1fed5bf4','7b68badc8e00439581cb4adc45abe517','4bf49f563a964b3e8ece13c3eb824880','card-yellow','示范-002 企业投资项目核准','b9ff15f9-9a01-48a6-a73d-be79467e1c2b','2026-11-15 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('ff4b948197f84d8bbdf6dcac540aa0de','b23d08ebb85a40b1bd5dafce944293f9',NULL,'cycle-due-soon','整改情况督查 2026-10-28 – 2026-11-11','a1540835-c005-43a9-8edc-cbdd78584c0e','2026-11-15 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('57142946a8064de2a7fea25c55e9edf7','b23d08ebb85a40b1bd5dafce944293f9','2eea26e46f624721aa257f5c651c8b87','cycle-due-soon','整改落实情况报告 2026-10-28 – 2026-11-11','b3427b7c-585a-4a8a-87c1-009f777d8cdb','2026-11-15 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('91a060576f434f6096bc2254e32752e1','b23d08ebb85a40b1bd5dafce944293f9','6390e8fe99a44bc3ac08f79c036659a9','cycle-due-soon','整改落实情况报告 2026-10-28 – 2026-11-11','bfbeab1c-c0dc-4d9b-aa5b-b9425587402a','2026-11-15 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('ce706938704741c4b4ea328df37857ba','b23d08ebb85a40b1bd5dafce944293f9','0bc008fdf97e4ac99180087666fa10fd','cycle-due-soon','整改落实情况报告 2026-10-28 – 2026-11-11','e1ff4e07-b400-46f0-9715-aa818f731714','2026-11-15 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('182b04c5277d496b851030fd79bab3fc','b23d08ebb85a40b1bd5dafce944293f9','e045ff7c751a437ab4bdb89ae716288b','cycle-due-soon','整改落实情况报告 2026-10-28 – 2026-11-11','e3669f4c-a51f-4771-8fee-ab4b064eb4e9','2026-11-15 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('a7ccfec07b154a83a45c6e7f533544bc','b23d08ebb85a40b1bd5dafce944293f9','746a29a47269458bb3cf3d5e905b7887','cycle-due-soon','整改落实情况报告 2026-10-28 – 2026-11-11','edfdb7fa-1748-425d-980a-20ee258242e5','2026-11-15 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('76c67a5506e5494190cdf95a84477fdd','b23d08ebb85a40b1bd5dafce944293f9','a21c12fd887b40bfa34b77ffbe978ea5','cycle-due-soon','整改落实情况报告 2026-10-28 – 2026-11-11','fd305852-27bc-4bcf-b693-ef37f19a98bd','2026-11-15 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('883c9c7e75d2460ebc98c76e1871a758','7b68badc8e00439581cb4adc45abe517','4bf49f563a964b3e8ece13c3eb824880','register-due-soon','单位公开承诺 · 已公布','5fa69f57-667b-417b-bd92-1e57daf5a428 2026-11-18T10:00:00+00:00','2026-11-15 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('7d0ef30e818e4fa2b1d1c1148fbcdea9','7b68badc8e00439581cb4adc45abe517','4bf49f563a964b3e8ece13c3eb824880','card-blue','示范-003 施工许可','b65c1093-5055-43e2-a53e-7894e14969ef','2026-11-22 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('e7a7e8c7800b4455b96e506757df2fa3','b23d08ebb85a40b1bd5dafce944293f9',NULL,'cycle-missed','整改情况督查 2026-10-28 – 2026-11-11','a1540835-c005-43a9-8edc-cbdd78584c0e','2026-11-22 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('84af90d031714702acd3c47037ef5ec5','b23d08ebb85a40b1bd5dafce944293f9','2eea26e46f624721aa257f5c651c8b87','cycle-missed','整改落实情况报告 2026-10-28 – 2026-11-11','b3427b7c-585a-4a8a-87c1-009f777d8cdb','2026-11-22 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('84ae2a211571442bae3da990b2f59243','b23d08ebb85a40b1bd5dafce944293f9','6390e8fe99a44bc3ac08f79c036659a9','cycle-missed','整改落实情况报告 2026-10-28 – 2026-11-11','bfbeab1c-c0dc-4d9b-aa5b-b9425587402a','2026-11-22 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('5faa596510d04ba1ba54bd109ff5035a','b23d08ebb85a40b1bd5dafce944293f9','0bc008fdf97e4ac99180087666fa10fd','cycle-missed','整改落实情况报告 2026-10-28 – 2026-11-11','e1ff4e07-b400-46f0-9715-aa818f731714','2026-11-22 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('0bf4a15335904973a43874499328ecd5','b23d08ebb85a40b1bd5dafce944293f9','e045ff7c751a437ab4bdb89ae716288b','cycle-missed','整改落实情况报告 2026-10-28 – 2026-11-11','e3669f4c-a51f-4771-8fee-ab4b064eb4e9','2026-11-22 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('056d11048eda43f1903b33ac21d35971','b23d08ebb85a40b1bd5dafce944293f9','746a29a47269458bb3cf3d5e905b7887','cycle-missed','整改落实情况报告 2026-10-28 – 2026-11-11','edfdb7fa-1748-425d-980a-20ee258242e5','2026-11-22 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('cdf8c9937d0f4e809ac56f5aa2072a92','b23d08ebb85a40b1bd5dafce944293f9','a21c12fd887b40bfa34b77ffbe978ea5','cycle-missed','整改落实情况报告 2026-10-28 – 2026-11-11','fd305852-27bc-4bcf-b693-ef37f19a98bd','2026-11-22 23:44:01.444000',NULL,NULL);
INSERT INTO "alerts" VALUES('ed69afe1b8f248e0a7b1a8aa0445e961','7b68badc8e00439581cb4adc45abe517','4bf49f563a964b3e8ece13c3eb824880','register-overdue','首问责任岗AB岗表 · 查实空岗','8007e437-65b5-4a6a-ab6a-9931e622669e 2026-11-18T10:00:00+00:00','2026-11-22 23:44:01.444000',NULL,NULL);
CREATE TABLE approval_matters (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	number VARCHAR NOT NULL, 
	item VARCHAR NOT NULL, 
	accepted_on DATE NOT NULL, 
	legal_working_days INTEGER NOT NULL, 
	promised_working_days INTEGER NOT NULL, 
	paused_working_days INTEGER NOT NULL, 
	promised_until DATE NOT NULL, 
	legal_until DATE NOT NULL, 
	finished_on DATE, 
	lead_post VARCHAR NOT NULL, 
	steps JSON NOT NULL, 
	flow VARCHAR NOT NULL, 
	excessive BOOLEAN NOT NULL, 
	colour VARCHAR NOT NULL, 
	CONSTRAINT pk_approval_matters PRIMARY KEY (id), 
	CONSTRAINT ck_approval_matters_colour CHECK (colour IN ('', 'blue', 'yellow', 'red')), 
	CONSTRAINT ck_approval_matters_flow CHECK (flow IN ('', 'parallel', 'early', 'serial')), 
	CONSTRAINT ck_approval_matters_order CHECK (finished_on IS NULL OR finished_on >= accepted_on), 
	CONSTRAINT fk_approval_matters_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_approval_matters_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_approval_matters_campaign_id_unit_id_number UNIQUE (campaign_id, unit_id, number)
);
INSERT INTO "approval_matters" VALUES('9e34a1ed8b2244989925bb630a394fff','7b68badc8e00439581cb4adc45abe517','f542fb42453a4e57a7494343cda5f755','示范-001','道路运输经营许可','2026-10-14',10,5,0,'2026-10-21','2026-10-28',NULL,'','[{"name": "\u53d7\u7406", "handler": "\u53d7\u7406\u5c97", "entered_on": "2026-10-14", "left_on": "2026-10-15", "department": "", "early": false}, {"name": "\u5ba1\u6838", "handler": "\u5ba1\u6838\u5c97", "entered_on": "2026-10-15", "left_on": "", "department": "", "early": false}]','',0,'red');
INSERT INTO "approval_matters" VALUES('81f45c3f517a435dad8e98c3f9571377','7b68badc8e00439581cb4adc45abe517','f542fb42453a4e57a7494343cda5f755','示范-004','出租汽车驾驶员从业资格','2026-10-24',60,30,0,'2026-12-04','2027-01-18','2026-10-27','','[{"name": "\u53d7\u7406", "handler": "\u53d7\u7406\u5c97", "entered_on": "2026-10-24", "left_on": "2026-10-27", "department": "", "early": false}]','',0,'');
INSERT INTO "approval_matters" VALUES('a0e20172dd46482ebd9357a5b34390b3','7b68badc8e00439581cb4adc45abe517','4bf49f563a964b3e8ece13c3eb824880','示范-002','企业投资项目核准','2026-11-03',60,5,0,'2026-11-10','2027-01-27',NULL,'','[{"name": "\u53d7\u7406", "handler": "\u53d7\u7406\u5c97", "entered_on": "2026-11-03", "left_on": "2026-11-04", "department": "", "early": false}, {"name": "\u4f1a\u5ba1", "handler": "\u4f1a\u5ba1\u5c97", "entered_on": "2026-11-04", "left_on": "", "department": "", "early": false}]','',0,'yellow');
INSERT INTO "approval_matters" VALUES('524ce3e777184bb5933f28cc9d267c9d','7b68badc8e00439581cb4adc45abe517','4bf49f563a964b3e8ece13c3eb824880','示范-003','施工许可','2026-11-09',60,10,0,'2026-11-23','2027-02-02',NULL,'','[{"name": "\u53d7\u7406", "handler": "\u53d7\u7406\u5c97", "entered_on": "2026-11-09", "left_on": "", "department": "", "early": false}]','',0,'blue');
CREATE TABLE assignments (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	checklist_version_id CHAR(32) NOT NULL, 
	site_id CHAR(32), 
	unit_id CHAR(32) NOT NULL, 
	inspector_id CHAR(32) NOT NULL, 
	from_day DATE NOT NULL, 
	to_day DATE NOT NULL, 
	mode VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	theme VARCHAR, 
	state VARCHAR NOT NULL, 
	draw_id CHAR(32), 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_assignments PRIMARY KEY (id), 
	CONSTRAINT fk_assignments_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_assignments_checklist_version_id_checklist_versions FOREIGN KEY(checklist_version_id) REFERENCES checklist_versions (id), 
	CONSTRAINT fk_assignments_draw_id_draws FOREIGN KEY(draw_id) REFERENCES draws (id), 
	CONSTRAINT fk_assignments_inspector_id_inspectors FOREIGN KEY(inspector_id) REFERENCES inspectors (id), 
	CONSTRAINT fk_assignments_site_id_sites FOREIGN KEY(site_id) REFERENCES sites (id), 
	CONSTRAINT fk_assignments_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id)
);
INSERT INTO "assignments" VALUES('12a21449143f4221bd9cbb8b8e886471','6b8dca93f0404b55a7eb38cf02b7a494','dbbd1992ce92487aa7afd62327f9ca8c','714c4a681b82413f9cfdb68834c2ab9e','302b72397a984b77bffefe5cf9b8e7e6','f7e3a9469856477f8962aa4ec3de4d7d','2026-11-23','2026-12-07','covert','surprise',NULL,'open',NULL,'2026-09-23 23:44:01.444000');
INSERT INTO "assignments" VALUES('d4e9abcf56cd4029810389ef72727fd9','6b8dca93f0404b55a7eb38cf02b7a494','58ddc7ac9b8345569874790a4b382918','73e973f7d52f4ac994740d63a30d3f23','5721a2b6dc6e493f980d65c36dc76703','f7e3a9469856477f8962aa4ec3de4d7d','2026-11-23','2026-11-30','covert','surprise',NULL,'open',NULL,'2026-09-23 23:44:01.444000');
INSERT INTO "assignments" VALUES('608f3b745b77467cac55e2ad06e78a13','6b8dca93f0404b55a7eb38cf02b7a494','aa0af76518e64fa0992df334a45892c0','b894da0ce3bc42a792eeba727f150fd1','6b816ee993d1443a84824bb66c07eb68','f7e3a9469856477f8962aa4ec3de4d7d','2026-11-23','2026-12-03','covert','surprise',NULL,'open',NULL,'2026-09-23 23:44:01.444000');
INSERT INTO "assignments" VALUES('b987e97c9f0a4aa5b0d59a1af928fa65','6b8dca93f0404b55a7eb38cf02b7a494','58ddc7ac9b8345569874790a4b382918','e72ae5f4390d44168f5ea136aa8b9f3d','17c6600d70974736b64c3637ccc11f6c','ea543582cd67473fa882e24fdfcf2648','2026-11-23','2026-11-30','covert','surprise',NULL,'open',NULL,'2026-09-23 23:44:01.444000');
INSERT INTO "assignments" VALUES('4676c87640f24a12a5f9a4250688b11c','6b8dca93f0404b55a7eb38cf02b7a494','aa0af76518e64fa0992df334a45892c0','c9043047e5bf43f3b6ebde5a8da9095a','9e2939908ba047e7956afb25ca34b25b','ea543582cd67473fa882e24fdfcf2648','2026-11-24','2026-12-03','covert','surprise',NULL,'open',NULL,'2026-09-23 23:44:01.444000');
INSERT INTO "assignments" VALUES('6c4fedf28c5d484f9f8a130a239f6888','6b8dca93f0404b55a7eb38cf02b7a494','dbbd1992ce92487aa7afd62327f9ca8c','714c4a681b82413f9cfdb68834c2ab9e','302b72397a984b77bffefe5cf9b8e7e6','5bf77597808a4ed98d9e50444ac87169','2026-11-23','2026-12-07','covert','surprise',NULL,'open',NULL,'2026-09-23 23:44:01.444000');
INSERT INTO "assignments" VALUES('6d81a823678f4800b70dc9c4d5d51e60','6b8dca93f0404b55a7eb38cf02b7a494','58ddc7ac9b8345569874790a4b382918','73e973f7d52f4ac994740d63a30d3f23','5721a2b6dc6e493f980d65c36dc76703','5bf77597808a4ed98d9e50444ac87169','2026-10-30','2026-11-03','covert','surprise',NULL,'open','3815fc57c1224c74ab460069427a4a1a','2026-10-27 23:44:01.444000');
INSERT INTO "assignments" VALUES('6c0965bf49ad404d8bbed4f63f5a0ca4','6b8dca93f0404b55a7eb38cf02b7a494','58ddc7ac9b8345569874790a4b382918','b8cb010ad45340a5a0101d2109f0e707','eeb9574fdcdf41a592fddefaf9727ff0','f7e3a9469856477f8962aa4ec3de4d7d','2026-10-30','2026-11-03','covert','surprise',NULL,'open','3815fc57c1224c74ab460069427a4a1a','2026-10-27 23:44:01.444000');
CREATE TABLE audit_entries (
	id CHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	actor_kind VARCHAR NOT NULL, 
	actor_id CHAR(32), 
	action VARCHAR NOT NULL, 
	object_kind VARCHAR NOT NULL, 
	object_id VARCHAR NOT NULL, 
	facts JSON NOT NULL, 
	CONSTRAINT pk_audit_entries PRIMARY KEY (id)
);
INSERT INTO "audit_entries" VALUES('b89595ee670949b3b297e2212b67e58c','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','176bbfc4-8a01-4adb-8faf-58d9eec2042d','{}');
INSERT INTO "audit_entries" VALUES('79e8617ac0f0450587d4833b0a43b9bf','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','d6e26e96-6a9d-419e-8009-a02b3625d473','{}');
INSERT INTO "audit_entries" VALUES('abe84313ed7645a8b955a7e8476263e2','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','4295ceb6-f9f8-40d0-8167-b84c9ea5eede','{}');
INSERT INTO "audit_entries" VALUES('f8b9a5354780458d9d198d03d91f4604','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','c371a2d5-237b-4b5f-b982-ed40f73d3b35','{}');
INSERT INTO "audit_entries" VALUES('d49d09b89db4406f9d670210fb1f9ecc','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','4bf49f56-3a96-4b3e-8ece-13c3eb824880','{}');
INSERT INTO "audit_entries" VALUES('a35b363ee88949d5931909770ed5966f','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','eeb9574f-dcdf-41a5-92fd-defaf9727ff0','{}');
INSERT INTO "audit_entries" VALUES('82c96c7cfc1f4486b0de1496a69993e3','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','f542fb42-453a-4e57-a749-4343cda5f755','{}');
INSERT INTO "audit_entries" VALUES('53aa7009e32c4b1c946a78ee4c62ce1e','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','302b7239-7a98-4b77-bffe-fe5cf9b8e7e6','{}');
INSERT INTO "audit_entries" VALUES('b1e0f5356e4c4c08bd3fa6f94fb06383','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','6b816ee9-93d1-443a-8482-4bb66c07eb68','{}');
INSERT INTO "audit_entries" VALUES('27ff336e5416451cbd5846083138322d','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','9e293990-8ba0-47e7-956a-fb25ca34b25b','{}');
INSERT INTO "audit_entries" VALUES('cc4639b5635a4f35a94c7be8d09ef9af','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','64f531d5-6dee-4557-a387-01469f690c30','{}');
INSERT INTO "audit_entries" VALUES('db6eaee06a894200a023e35e075d83d2','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','17c6600d-7097-4736-b64c-3637ccc11f6c','{}');
INSERT INTO "audit_entries" VALUES('e9f8f208cc8f4aeca863dea8bb045249','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','9c5d267f-5072-4a4c-bd7a-d1525c2822ba','{}');
INSERT INTO "audit_entries" VALUES('0a4bdbf7b81b4f309c8a5ba4bb0f453b','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','2553f3be-fcdd-47aa-a18c-1a9d05133be7','{}');
INSERT INTO "audit_entries" VALUES('9e5d106859954bb984fcf9b5a267aebe','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','d4063063-e4c0-46f9-a610-b21847f3845d','{}');
INSERT INTO "audit_entries" VALUES('693790ed2a51441cb87984e56d22e590','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','5721a2b6-dc6e-493f-980d-65c36dc76703','{}');
INSERT INTO "audit_entries" VALUES('119fb88509dd4b75be8d5ecd2ba8216d','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','5e1903b5-12c5-4864-b7e1-358ac8ddc79e','{}');
INSERT INTO "audit_entries" VALUES('8103419e2be74555b21630ca48f43481','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','6390e8fe-99a4-4bc3-ac08-f79c036659a9','{}');
INSERT INTO "audit_entries" VALUES('7d3ba014cdb44a63968216a33cebe834','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','746a29a4-7269-458b-b3cf-3d5e905b7887','{}');
INSERT INTO "audit_entries" VALUES('a5a0e034925e4d1fb970db66d70ed839','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','2eea26e4-6f62-4721-aa25-7f5c651c8b87','{}');
INSERT INTO "audit_entries" VALUES('af136398c6b24ffba490115093b5374f','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','e045ff7c-751a-437a-b4bd-b89ae716288b','{}');
INSERT INTO "audit_entries" VALUES('7dd17b62839c41d0b7a61cbc46a738d1','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','0bc008fd-f97e-4ac9-9180-087666fa10fd','{}');
INSERT INTO "audit_entries" VALUES('cf8de10697f24f59a4ab034722b46cb4','2026-09-23 23:44:01.444000','system',NULL,'unit.created','unit','a21c12fd-887b-40bf-a34b-77ffbe978ea5','{}');
INSERT INTO "audit_entries" VALUES('8d4a5cfbaf734fda962bb25e38592e0f','2026-09-23 23:44:01.444000','system',NULL,'user.created','user','fbde8fed-1a21-44c7-a040-a6103cc1eed0','{"roles": "administrator"}');
INSERT INTO "audit_entries" VALUES('fd8030be23944af79c5dbb12cdf7d4df','2026-09-23 23:44:01.444000','system',NULL,'user.created','user','bbd25f58-f764-4374-a72b-d5cf0dca7891','{"roles": "lead"}');
INSERT INTO "audit_entries" VALUES('ec8eee477bcf4b89a078065e7431611b','2026-09-23 23:44:01.444000','system',NULL,'user.created','user','4ed63358-4770-434c-84bd-a1913fdbc703','{"roles": "reviewer"}');
INSERT INTO "audit_entries" VALUES('339d8b13e7a346838ddeac735811d6d6','2026-09-23 23:44:01.444000','system',NULL,'user.created','user','7867aeec-44ad-4f5c-aade-7ee2c0121236','{"roles": "reviewer"}');
INSERT INTO "audit_entries" VALUES('72566328f24d45a5a1f962a2a5170f68','2026-09-23 23:44:01.444000','system',NULL,'user.created','user','e86b8dce-f421-485a-9694-2f813d1fae22','{"roles": "approver"}');
INSERT INTO "audit_entries" VALUES('73f2408dda394f478b032672966a5e96','2026-09-23 23:44:01.444000','system',NULL,'user.created','user','f18039c2-793e-48f3-bd30-a36f6d5d239f','{"roles": "auditor"}');
INSERT INTO "audit_entries" VALUES('86866cea75da48aa85f3564027342012','2026-09-23 23:44:01.444000','system',NULL,'user.created','user','dd3a5655-8e43-4ef3-a028-d757635c6d62','{"roles": "custodian"}');
INSERT INTO "audit_entries" VALUES('a63c7d9e4e794ee09fc810ca32188a48','2026-09-23 23:44:01.444000','system',NULL,'user.created','user','0a99f5af-cd84-451e-a9a9-e471066a1205','{"roles": "custodian"}');
INSERT INTO "audit_entries" VALUES('dc149d0aecf74e85841f0a3688631475','2026-09-23 23:44:01.444000','system',NULL,'user.created','user','344feccb-a8db-46ab-9a8f-7e5d6c685233','{"roles": "liaison"}');
INSERT INTO "audit_entries" VALUES('dad3fba433954cfcaa08a5df0262bd3c','2026-09-23 23:44:01.444000','system',NULL,'user.created','user','a8bf5f53-9a98-40e5-8f13-9d22cf32ce70','{"roles": "liaison"}');
INSERT INTO "audit_entries" VALUES('b767f3ad70194a5cbe1fded686f80eb1','2026-09-23 23:44:01.444000','system',NULL,'user.created','user','7691f032-260c-4b91-ad9f-98ca4bf4fe50','{"roles": "liaison"}');
INSERT INTO "audit_entries" VALUES('bd616a199dd74903acc295b542388def','2026-09-23 23:44:01.444000','system',NULL,'site.created','site','714c4a68-1b82-413f-9cfd-b68834c2ab9e','{}');
INSERT INTO "audit_entries" VALUES('97061c6f17074177b494ea7d8c8aeb60','2026-09-23 23:44:01.444000','system',NULL,'site.created','site','b8cb010a-d453-40a5-a010-1d2109f0e707','{}');
INSERT INTO "audit_entries" VALUES('0a84196784394ebbbb445d1ffa46d716','2026-09-23 23:44:01.444000','system',NULL,'site.created','site','73e973f7-d52f-4ac9-9474-0d63a30d3f23','{}');
INSERT INTO "audit_entries" VALUES('12b24d24a4034082bd366e6a2accc6b2','2026-09-23 23:44:01.444000','system',NULL,'site.created','site','e72ae5f4-390d-4416-8f5e-a136aa8b9f3d','{}');
INSERT INTO "audit_entries" VALUES('b694feb6d92d4d3da4040db103aa0b48','2026-09-23 23:44:01.444000','system',NULL,'site.created','site','019eb63c-3fb0-49aa-b572-3092f4d57c2b','{}');
INSERT INTO "audit_entries" VALUES('f1f137b1c37746319b8358c24703b9f4','2026-09-23 23:44:01.444000','system',NULL,'site.created','site','b894da0c-e3bc-42a7-92ee-ba727f150fd1','{}');
INSERT INTO "audit_entries" VALUES('a2e68f0f06154ee48319da9efd29db03','2026-09-23 23:44:01.444000','system',NULL,'site.created','site','c9043047-e5bf-43f3-b6eb-de5a8da9095a','{}');
INSERT INTO "audit_entries" VALUES('0de1df3f9f01438898c2ac24186543bb','2026-09-23 23:44:01.444000','system',NULL,'site.created','site','37f582be-9649-4f56-8914-fd7752daadfc','{}');
INSERT INTO "audit_entries" VALUES('46cd5004d2b643b09fa8091d9b5110ea','2026-09-23 23:44:01.444000','system',NULL,'site.created','site','8a7e1764-981d-4b26-baf1-c4bb5d8d97d5','{}');
INSERT INTO "audit_entries" VALUES('794eddafe8da4a9d98fa340d00352297','2026-09-23 23:44:01.444000','system',NULL,'checklist.created','checklist','90f5b994-2acb-44cd-971a-4bbc8876da73','{}');
INSERT INTO "audit_entries" VALUES('eef3ad1bc82742d689d206df4a922be2','2026-09-23 23:44:01.444000','system',NULL,'checklist.published','checklist_version','dbbd1992-ce92-487a-a7af-d62327f9ca8c','{}');
INSERT INTO "audit_entries" VALUES('fcbd6fb8112e4bb997d8d1059a8232a1','2026-09-23 23:44:01.444000','system',NULL,'checklist.created','checklist','126b99d5-63f4-4d61-85e2-b0cecb532871','{}');
INSERT INTO "audit_entries" VALUES('a53ca2b50fe4403caa6168e23e5a7097','2026-09-23 23:44:01.444000','system',NULL,'checklist.published','checklist_version','58ddc7ac-9b83-4556-9874-790a4b382918','{}');
INSERT INTO "audit_entries" VALUES('e5b93a8b793b42a3a8e626d40d386756','2026-09-23 23:44:01.444000','system',NULL,'checklist.created','checklist','54219b07-f18b-475e-bd64-1ee4c2440da1','{}');
INSERT INTO "audit_entries" VALUES('344cf3ecc0784d0c945353cbfbb41c0a','2026-09-23 23:44:01.444000','system',NULL,'checklist.published','checklist_version','aa0af765-18e6-4fa0-992d-f334a45892c0','{}');
INSERT INTO "audit_entries" VALUES('86677f89ad37490cba022cfbeda6915a','2026-09-23 23:44:01.444000','system',NULL,'inspector.created','inspector','f7e3a946-9856-477f-8962-aa4ec3de4d7d','{}');
INSERT INTO "audit_entries" VALUES('b2a4e5d26b7443d18a9882f3f92f44e6','2026-09-23 23:44:01.444000','system',NULL,'inspector.created','inspector','ea543582-cd67-473f-a882-e24fdfcf2648','{}');
INSERT INTO "audit_entries" VALUES('d5c71e0b572e4f4581b915a7d59c72a0','2026-09-23 23:44:01.444000','system',NULL,'inspector.created','inspector','5bf77597-808a-4ed9-8d9e-50444ac87169','{}');
INSERT INTO "audit_entries" VALUES('9989467a37e44dc1bb0ae1e2f30af860','2026-09-23 23:44:01.444000','system',NULL,'campaign.created','campaign','6b8dca93-f040-4b55-a7eb-38cf02b7a494','{}');
INSERT INTO "audit_entries" VALUES('0c03cf93a1a54b34b0146948a7d5aa9a','2026-09-23 23:44:01.444000','system',NULL,'campaign.plan_filed','campaign','6b8dca93-f040-4b55-a7eb-38cf02b7a494','{"sha256": "b4ba47c2e568414011e148abc3828c43c5985950edcab45ca6db21aa61e35279"}');
INSERT INTO "audit_entries" VALUES('3617239a3a264d85bf9c869dc2c1dc0c','2026-09-23 23:44:01.444000','system',NULL,'campaign.changed','campaign','6b8dca93-f040-4b55-a7eb-38cf02b7a494','{}');
INSERT INTO "audit_entries" VALUES('03081501fe544073b2ba5a1b12dea22e','2026-09-23 23:44:01.444000','system',NULL,'rulebook.loaded','campaign','6b8dca93-f040-4b55-a7eb-38cf02b7a494','{"version": 1, "sha256": "f398591b5babe1050ad1547be3512555c3ef7ab7788c64e14ffe8c027e5c1685", "reason": null}');
INSERT INTO "audit_entries" VALUES('06b99a28ea9d4c428f02d6f91f418292','2026-09-23 23:44:01.444000','system',NULL,'campaign.changed','campaign','6b8dca93-f040-4b55-a7eb-38cf02b7a494','{}');
INSERT INTO "audit_entries" VALUES('2e238691000d4d9689921bff8200b362','2026-09-23 23:44:01.444000','system',NULL,'campaign.parts_assigned','campaign','6b8dca93-f040-4b55-a7eb-38cf02b7a494','{"units": 8}');
INSERT INTO "audit_entries" VALUES('533d685d65ba4e1d8e49c76643eb771c','2026-09-23 23:44:01.444000','system',NULL,'campaign.started','campaign','6b8dca93-f040-4b55-a7eb-38cf02b7a494','{}');
INSERT INTO "audit_entries" VALUES('39c70bc318364fb0bebb56e287cf6916','2026-09-23 23:44:01.444000','system',NULL,'assignment.created','assignment','12a21449-143f-4221-bd9c-bb8b8e886471','{}');
INSERT INTO "audit_entries" VALUES('253273346504461eb6dcf35833ce4c34','2026-09-23 23:44:01.444000','system',NULL,'assignment.created','assignment','d4e9abcf-56cd-4029-8103-89ef72727fd9','{}');
INSERT INTO "audit_entries" VALUES('312b697ffee34966910a54e0de6835f4','2026-09-23 23:44:01.444000','system',NULL,'assignment.created','assignment','608f3b74-5b77-467c-ac55-e2ad06e78a13','{}');
INSERT INTO "audit_entries" VALUES('291ee477c40d42578feccbfb5e9f941a','2026-09-23 23:44:01.444000','system',NULL,'assignment.created','assignment','b987e97c-9f0a-4aa5-b0d5-9a1af928fa65','{}');
INSERT INTO "audit_entries" VALUES('a75808593abc4758a922d0fef0c3d0bb','2026-09-23 23:44:01.444000','system',NULL,'assignment.created','assignment','4676c876-40f2-4a12-a5f9-a4250688b11c','{}');
INSERT INTO "audit_entries" VALUES('23ce7d98aef64326a124a753f9d4e03a','2026-09-23 23:44:01.444000','system',NULL,'assignment.created','assignment','6c4fedf2-8c5d-484f-9f8a-130a239f6888','{}');
INSERT INTO "audit_entries" VALUES('541baa21f9d64ffc872b997ec9e2637d','2026-09-23 23:44:01.444000','system',NULL,'enrolment.issued','inspector','f7e3a946-9856-477f-8962-aa4ec3de4d7d','{"preconfirmed": true}');
INSERT INTO "audit_entries" VALUES('422a9573d96742ea8e893f322ac68623','2026-09-23 23:44:01.444000','system',NULL,'device.enrolled','device','56cc77c0-6b5a-4465-b5eb-df30ebc5a8a5','{}');
INSERT INTO "audit_entries" VALUES('bf93c423d4d74920be66e291d57d1f5a','2026-09-23 23:44:01.444000','system',NULL,'enrolment.issued','inspector','ea543582-cd67-473f-a882-e24fdfcf2648','{"preconfirmed": true}');
INSERT INTO "audit_entries" VALUES('6dbe807ffc984dfcb70affe58b42310b','2026-09-23 23:44:01.444000','system',NULL,'device.enrolled','device','932366ce-8568-466c-a20e-e8ac83541cf9','{}');
INSERT INTO "audit_entries" VALUES('8ab132abfc3b459092e8035a66611442','2026-09-23 23:44:01.444000','system',NULL,'enrolment.issued','inspector','5bf77597-808a-4ed9-8d9e-50444ac87169','{"preconfirmed": true}');
INSERT INTO "audit_entries" VALUES('29d7a1a8ed5c40d2a8422ed6f7e3b44a','2026-09-23 23:44:01.444000','system',NULL,'device.enrolled','device','f47da8ef-aecf-4eff-b965-f776bd501c47','{}');
INSERT INTO "audit_entries" VALUES('8901edc6abd545e4a4a05ddf4e350c16','2026-09-28 23:44:01.444000','system',NULL,'campaign.created','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{}');
INSERT INTO "audit_entries" VALUES('dd5a75edb3ec4a93afe7c211aafc99e0','2026-09-28 23:44:01.444000','system',NULL,'campaign.plan_filed','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{"sha256": "696e1b52509b7ad2453cd17e5af2ed5bf7aeba45303ccc40d1077b5bef8f96c8"}');
INSERT INTO "audit_entries" VALUES('188ecb22d30a4cf994beb4702625b3cb','2026-09-28 23:44:01.444000','system',NULL,'campaign.changed','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{}');
INSERT INTO "audit_entries" VALUES('1563540a02614e29911f4c4de5d8d753','2026-09-28 23:44:01.444000','system',NULL,'rulebook.loaded','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{"version": 1, "sha256": "0423babf3d27d4df63d65e8648b3078c0725d8d4a45f03fd9b0dc323d66e5fad", "reason": null}');
INSERT INTO "audit_entries" VALUES('17518cc0f6ad47e0b4550fb75b543bfc','2026-09-28 23:44:01.444000','system',NULL,'campaign.changed','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{}');
INSERT INTO "audit_entries" VALUES('7ea3c5030baf41cb9819982a5bfbd600','2026-09-28 23:44:01.444000','system',NULL,'campaign.parts_assigned','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{"units": 3}');
INSERT INTO "audit_entries" VALUES('ee98c1094fe44760af45177ff56edd08','2026-09-28 23:44:01.444000','system',NULL,'campaign.started','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{}');
INSERT INTO "audit_entries" VALUES('b6f8487187dc45d2a8a60365126943d6','2026-10-03 23:44:01.444000','system',NULL,'campaign.created','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{}');
INSERT INTO "audit_entries" VALUES('b605435fd7fc498a9bbcc16e9fcd1eb2','2026-10-03 23:44:01.444000','system',NULL,'campaign.plan_filed','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"sha256": "684e5e886ccb0e7c574816bd18d01eb48a7ac7d0625d2e455e897543033b05dc"}');
INSERT INTO "audit_entries" VALUES('44c586cf718f49e580c44ad2553d7454','2026-10-03 23:44:01.444000','system',NULL,'campaign.changed','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{}');
INSERT INTO "audit_entries" VALUES('2119b04268c2413f856bd75633cb8bb8','2026-10-03 23:44:01.444000','system',NULL,'rulebook.loaded','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"version": 1, "sha256": "0370575364f40945e309a343d7ecbabfd3bcacfa123a650fbf465e21b0312820", "reason": null}');
INSERT INTO "audit_entries" VALUES('90e560a1f9fa4a629089a15dd9366c70','2026-10-03 23:44:01.444000','system',NULL,'campaign.changed','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{}');
INSERT INTO "audit_entries" VALUES('fb09499b47c94555af392f91f83423a0','2026-10-03 23:44:01.444000','system',NULL,'campaign.parts_assigned','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"units": 7}');
INSERT INTO "audit_entries" VALUES('4de7c5d69282442f8bd7cefd7c38b36a','2026-10-03 23:44:01.444000','system',NULL,'campaign.started','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{}');
INSERT INTO "audit_entries" VALUES('6b5e3a40a4ea43baabdb41c562120e7d','2026-09-24 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','topic.raised','topic','4f4cb4b7-7975-41af-8f81-50e7a6a7fe62','{"theme": "city"}');
INSERT INTO "audit_entries" VALUES('d8b01f2a77ab441cadd2ef58c71a8d2c','2026-09-24 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','topic.approved','topic','4f4cb4b7-7975-41af-8f81-50e7a6a7fe62','{}');
INSERT INTO "audit_entries" VALUES('0128ef6cc72547e5af891907ce133b15','2026-09-24 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','topic.raised','topic','7f075aa0-53f0-440b-99c1-1e1ed1fc6e1f','{"theme": "service"}');
INSERT INTO "audit_entries" VALUES('d9c89067487140049cbcb0a6ab50ce6c','2026-09-24 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','topic.approved','topic','7f075aa0-53f0-440b-99c1-1e1ed1fc6e1f','{}');
INSERT INTO "audit_entries" VALUES('7082740b3ed4485ab46e0b81a37d8bd1','2026-09-24 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','topic.raised','topic','670232b7-8a3d-4db6-8108-728f7a2e2ec4','{"theme": "civic"}');
INSERT INTO "audit_entries" VALUES('536db01ed443427fa38345c04d2548d3','2026-09-24 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','topic.dropped','topic','670232b7-8a3d-4db6-8108-728f7a2e2ec4','{}');
INSERT INTO "audit_entries" VALUES('82c6dcc3506a4bd7b707e07f3c4f3e93','2026-09-24 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.stage_entered','campaign','6b8dca93-f040-4b55-a7eb-38cf02b7a494','{"stage": "survey"}');
INSERT INTO "audit_entries" VALUES('ccef310215a2462ca6438e5b066a4593','2026-09-24 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.point_marked','campaign','6b8dca93-f040-4b55-a7eb-38cf02b7a494','{"stage": "survey", "code": "groups-reported"}');
INSERT INTO "audit_entries" VALUES('e76b7f9498bf4d83bd4f8d9af40adeb3','2026-09-27 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','campaign.gate_marked','campaign','6b8dca93-f040-4b55-a7eb-38cf02b7a494','{"stage": "mobilise", "code": "topics-heard"}');
INSERT INTO "audit_entries" VALUES('d4979937f4dc453fa522213856382234','2026-09-27 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.stage_entered','campaign','6b8dca93-f040-4b55-a7eb-38cf02b7a494','{"stage": "mobilise"}');
INSERT INTO "audit_entries" VALUES('a2efc9fd20164102a5f05200bd33fdd7','2026-09-27 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.point_marked','campaign','6b8dca93-f040-4b55-a7eb-38cf02b7a494','{"stage": "mobilise", "code": "plans"}');
INSERT INTO "audit_entries" VALUES('515c78dd6fff4442b0ebbb829cda241a','2026-09-27 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.point_marked','campaign','6b8dca93-f040-4b55-a7eb-38cf02b7a494','{"stage": "mobilise", "code": "duties-written"}');
INSERT INTO "audit_entries" VALUES('3330c5101bbc45ce9919d7845d9d8573','2026-09-27 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.point_marked','campaign','6b8dca93-f040-4b55-a7eb-38cf02b7a494','{"stage": "mobilise", "code": "meeting"}');
INSERT INTO "audit_entries" VALUES('69038094ce6844548cd73b9f3ee6feb2','2026-09-27 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.point_marked','campaign','6b8dca93-f040-4b55-a7eb-38cf02b7a494','{"stage": "mobilise", "code": "booklets"}');
INSERT INTO "audit_entries" VALUES('7c6bee2a620043149803a8b81242c6cd','2026-09-27 23:44:01.444000','system',NULL,'cycle.planned','campaign','6b8dca93-f040-4b55-a7eb-38cf02b7a494','{"periods": 4}');
INSERT INTO "audit_entries" VALUES('007b0bd1939845009f7e87a20b1ca100','2026-09-29 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','register.filed','register_row','8587e3d1-f79c-4540-84ff-7ea57a33b088','{"register": "meetings"}');
INSERT INTO "audit_entries" VALUES('899bc9d08bae4cae8f03f48b96339989','2026-09-29 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','topic.raised','topic','e933e503-f4a8-4266-94e8-f5349fb8436f','{"theme": "hot-issues"}');
INSERT INTO "audit_entries" VALUES('35c778d592cb4d459b0661a0a72205f6','2026-09-29 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','topic.approved','topic','e933e503-f4a8-4266-94e8-f5349fb8436f','{}');
INSERT INTO "audit_entries" VALUES('48b3ada946d543938175ab5e28950935','2026-09-29 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.stage_entered','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{"stage": "mobilise"}');
INSERT INTO "audit_entries" VALUES('d1d04c995f8143feb70fe9a2d92e7bd9','2026-10-01 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','register.moved','register_row','8587e3d1-f79c-4540-84ff-7ea57a33b088','{"register": "meetings", "origin": "reported", "to": "confirmed"}');
INSERT INTO "audit_entries" VALUES('b857d9cb40874c7ebc93c964c62c9e6b','2026-10-03 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.stage_entered','campaign','6b8dca93-f040-4b55-a7eb-38cf02b7a494','{"stage": "rectify"}');
INSERT INTO "audit_entries" VALUES('11021872ab9b4874bf9d4a1c0625c836','2026-10-04 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','register.filed','register_row','3cb9847b-e193-44e0-b433-9c8c5a1aa5f2','{"register": "handouts"}');
INSERT INTO "audit_entries" VALUES('7c2d542dcff344b4b7d32769be5ff0eb','2026-10-04 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','register.filed','register_row','8dca151b-7e0d-4c0d-9ee2-876b617f1afa','{"register": "handouts"}');
INSERT INTO "audit_entries" VALUES('f1c132e4a93a499494c5036fa8414156','2026-10-04 23:44:01.444000','system',NULL,'cycle.planned','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{"periods": 17}');
INSERT INTO "audit_entries" VALUES('faabdfa4c239462d9e95e6590a79c755','2026-10-04 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','cycle.reported','cycle_period','db214019-0769-4597-bfcf-378cbcd7f58a','{"duty": "leader-on-site", "count": 2}');
INSERT INTO "audit_entries" VALUES('8c7502cb0e65490684ac34dd9e9c3ca3','2026-10-04 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.stage_entered','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"stage": "mobilise"}');
INSERT INTO "audit_entries" VALUES('b0c836ea4a094d19abd6117f8e848fb4','2026-10-04 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.point_marked','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"stage": "mobilise", "code": "office-staffed"}');
INSERT INTO "audit_entries" VALUES('e85ed61e20d6425cbf2c70a01f298387','2026-10-04 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.point_marked','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"stage": "mobilise", "code": "office-groups"}');
INSERT INTO "audit_entries" VALUES('3b8a9b0419da4ba1a77f1de8c3bb6b7f','2026-10-04 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.point_marked','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"stage": "mobilise", "code": "rosters"}');
INSERT INTO "audit_entries" VALUES('b9f821339da04f34a8553a7846904c31','2026-10-04 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.point_marked','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"stage": "mobilise", "code": "contacts"}');
INSERT INTO "audit_entries" VALUES('bb0abad90cee4c79b759c507b4157970','2026-10-04 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.point_marked','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"stage": "mobilise", "code": "plans"}');
INSERT INTO "audit_entries" VALUES('8f421f4ae9424c35a5fd5055cb0219bb','2026-10-04 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.point_marked','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"stage": "mobilise", "code": "news"}');
INSERT INTO "audit_entries" VALUES('872c407c5d984164b39a4f3f0d250132','2026-10-04 23:44:01.444000','system',NULL,'cycle.planned','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"periods": 7}');
INSERT INTO "audit_entries" VALUES('cace6bb2260c421795b097feaf50bf5c','2026-10-05 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.stage_entered','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{"stage": "find"}');
INSERT INTO "audit_entries" VALUES('509cb796cfb4455b8cb0674791dedb4a','2026-10-06 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','register.moved','register_row','3cb9847b-e193-44e0-b433-9c8c5a1aa5f2','{"register": "handouts", "origin": "sent", "to": "received"}');
INSERT INTO "audit_entries" VALUES('5b86fb285a104a7084d83128a53f1ce6','2026-10-07 23:44:01.444000','person','a8bf5f539a9840e58f139d22cf32ce70','register.moved','register_row','8dca151b-7e0d-4c0d-9ee2-876b617f1afa','{"register": "handouts", "origin": "sent", "to": "received"}');
INSERT INTO "audit_entries" VALUES('f71bdc269f7d49f9985a2a51baf6815c','2026-10-08 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.stage_entered','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"stage": "ask"}');
INSERT INTO "audit_entries" VALUES('301500a73a734eac872db842624ad997','2026-10-11 23:44:01.444000','system',NULL,'cycle.planned','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{"periods": 1}');
INSERT INTO "audit_entries" VALUES('23bd831466d24434a78ed4fccf46f768','2026-10-11 23:44:01.444000','system',NULL,'cycle.planned','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"periods": 7}');
INSERT INTO "audit_entries" VALUES('54457d9797fb49dda1fbe232d5d50c50','2026-10-11 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.set_up','survey_round','101c1836-55cf-4472-8d7f-9533c5cc15a6','{}');
INSERT INTO "audit_entries" VALUES('a915a9c4e712413fa8da0b8c8cc40fb7','2026-10-11 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.changed','survey_round','101c1836-55cf-4472-8d7f-9533c5cc15a6','{}');
INSERT INTO "audit_entries" VALUES('88f55f0da6064b27971a4acfdb82a801','2026-10-11 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.frame_taken','survey_round','101c1836-55cf-4472-8d7f-9533c5cc15a6','{"raters": 18}');
INSERT INTO "audit_entries" VALUES('6155ac6388044437b01b9bf5f790e638','2026-10-11 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.frozen','survey_round','101c1836-55cf-4472-8d7f-9533c5cc15a6','{"raters": 18}');
INSERT INTO "audit_entries" VALUES('7335704e319a40459e0f8f6075f4d790','2026-10-11 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.opened','survey_round','101c1836-55cf-4472-8d7f-9533c5cc15a6','{}');
INSERT INTO "audit_entries" VALUES('0055fea138254a9192b09445a56ccbac','2026-10-11 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.tokens_issued','survey_round','101c1836-55cf-4472-8d7f-9533c5cc15a6','{"tokens": 8}');
INSERT INTO "audit_entries" VALUES('a7ccb8a348794cc696b99c84dee185c3','2026-10-11 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.tokens_issued','survey_round','101c1836-55cf-4472-8d7f-9533c5cc15a6','{"tokens": 8}');
INSERT INTO "audit_entries" VALUES('e84f85c626b642fd91c6923fee083365','2026-10-13 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','register.changed','register_row','3cb9847b-e193-44e0-b433-9c8c5a1aa5f2','{"register": "handouts"}');
INSERT INTO "audit_entries" VALUES('4e0fc14455ed4421b306fb5498eea0d6','2026-10-13 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','register.moved','register_row','3cb9847b-e193-44e0-b433-9c8c5a1aa5f2','{"register": "handouts", "origin": "received", "to": "read"}');
INSERT INTO "audit_entries" VALUES('76a4e29c5fac45a68480bd3016d409d5','2026-10-13 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','campaign.gate_marked','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{"stage": "rectify", "code": "problems-found"}');
INSERT INTO "audit_entries" VALUES('7aee414aadb44c28a190ea2b0e99e29f','2026-10-13 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.stage_entered','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{"stage": "rectify"}');
INSERT INTO "audit_entries" VALUES('594d5f0bff7748f18ad258f6a10ea725','2026-10-13 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.point_marked','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{"stage": "rectify", "code": "must-enter"}');
INSERT INTO "audit_entries" VALUES('858d816f21af46f4817ae37386216696','2026-10-13 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.point_marked','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{"stage": "rectify", "code": "plans-signed"}');
INSERT INTO "audit_entries" VALUES('04233642aad340b0b399b977fce9cfd9','2026-10-14 02:55:00.000000','system',NULL,'record.received','record','3de334e1-cf30-4c7b-bdd7-a8ea8c7f52e3','{"version": 1}');
INSERT INTO "audit_entries" VALUES('e9161fd5b0a5495eaa9ba9a2ef74d18f','2026-10-14 02:55:00.000000','system',NULL,'record.completed','record','3de334e1-cf30-4c7b-bdd7-a8ea8c7f52e3','{"version": 1}');
INSERT INTO "audit_entries" VALUES('3bfa2a75dffd40c4bd9aaf00147f45c7','2026-10-14 08:55:00.000000','person','4ed633584770434c84bda1913fdbc703','review.claimed','record','3de334e1-cf30-4c7b-bdd7-a8ea8c7f52e3','{}');
INSERT INTO "audit_entries" VALUES('30971e5121304a6d8cdea1db70741c3a','2026-10-14 08:55:00.000000','person','4ed633584770434c84bda1913fdbc703','record.accepted','record','3de334e1-cf30-4c7b-bdd7-a8ea8c7f52e3','{}');
INSERT INTO "audit_entries" VALUES('93b8619b6eb943eeb051c7854d7200ff','2026-10-14 08:55:00.000000','person','4ed633584770434c84bda1913fdbc703','review.accepted','record','3de334e1-cf30-4c7b-bdd7-a8ea8c7f52e3','{"findings": 0}');
INSERT INTO "audit_entries" VALUES('7ab2608f9f6e4c209a875cc962981e47','2026-10-14 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','register.filed','register_row','42b86484-703b-4120-9f90-7a24c1d5a2a1','{"register": "commitments"}');
INSERT INTO "audit_entries" VALUES('68e4e41dfe7a4c468334cc53bb385416','2026-10-14 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','register.filed','register_row','5fa69f57-667b-417b-bd92-1e57daf5a428','{"register": "commitments"}');
INSERT INTO "audit_entries" VALUES('c0de0e4cb4c942d6b24eb0f454f7e7c2','2026-10-14 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','supervision.imported','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{"matters": 1}');
INSERT INTO "audit_entries" VALUES('6e6b6cdeb1694f0a8638a8f72786a0ae','2026-10-15 08:05:00.000000','system',NULL,'record.received','record','0040a705-7be1-41bb-9e57-5890504d24fc','{"version": 1}');
INSERT INTO "audit_entries" VALUES('ac0861fb772c49a4a2e39357d7d3b250','2026-10-15 08:05:00.000000','system',NULL,'record.completed','record','0040a705-7be1-41bb-9e57-5890504d24fc','{"version": 1}');
INSERT INTO "audit_entries" VALUES('623982680c1c4ad2a357d9b67a37afa6','2026-10-15 14:05:00.000000','person','4ed633584770434c84bda1913fdbc703','review.claimed','record','0040a705-7be1-41bb-9e57-5890504d24fc','{}');
INSERT INTO "audit_entries" VALUES('76499b3f70ee4869b35cc23b70da218b','2026-10-15 14:05:00.000000','person','4ed633584770434c84bda1913fdbc703','record.accepted','record','0040a705-7be1-41bb-9e57-5890504d24fc','{}');
INSERT INTO "audit_entries" VALUES('d51efbf1c61b416183f232fbf0f750ed','2026-10-15 14:05:00.000000','person','4ed633584770434c84bda1913fdbc703','review.accepted','record','0040a705-7be1-41bb-9e57-5890504d24fc','{"findings": 1}');
INSERT INTO "audit_entries" VALUES('b823fc4e91214406b5019d3ade154d59','2026-10-15 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','register.filed','register_row','6ca1ad7e-682a-4bd7-a4ca-95140b66859d','{"register": "key-posts"}');
INSERT INTO "audit_entries" VALUES('dea8eaf9315f4d01ad88c7b7323f7e47','2026-10-15 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','register.filed','register_row','b3be917c-6e91-41e0-b637-789b1052b53c','{"register": "key-posts"}');
INSERT INTO "audit_entries" VALUES('bd46c17e21af4601903c551541476972','2026-10-16 23:44:01.444000','person','a8bf5f539a9840e58f139d22cf32ce70','register.filed','register_row','829ec12f-9d93-4faf-9c6a-17707dc99fb6','{"register": "key-posts"}');
INSERT INTO "audit_entries" VALUES('1815844442e14d1eb7fe218f618d853d','2026-10-16 23:44:01.444000','person','a8bf5f539a9840e58f139d22cf32ce70','register.filed','register_row','1ea75348-8a54-47bb-8b12-e161a112b5ab','{"register": "key-posts"}');
INSERT INTO "audit_entries" VALUES('0ae90af1f4a64e8dbea1b6ad57d22aa6','2026-10-16 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','register.moved','register_row','42b86484-703b-4120-9f90-7a24c1d5a2a1','{"register": "commitments", "origin": "drafted", "to": "agreed"}');
INSERT INTO "audit_entries" VALUES('05edc96c233a404eb3ed1edc2cbedb11','2026-10-16 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','register.moved','register_row','5fa69f57-667b-417b-bd92-1e57daf5a428','{"register": "commitments", "origin": "drafted", "to": "agreed"}');
INSERT INTO "audit_entries" VALUES('d56ade380816421f82277983bdfe084d','2026-10-17 02:48:00.000000','system',NULL,'record.received','record','8caa7399-f4a0-4b1a-a035-328dfa49db00','{"version": 1}');
INSERT INTO "audit_entries" VALUES('2ec075140f1d49a68fe4399a36ebbcdd','2026-10-17 02:48:00.000000','system',NULL,'record.completed','record','8caa7399-f4a0-4b1a-a035-328dfa49db00','{"version": 1}');
INSERT INTO "audit_entries" VALUES('f2b639e411174c579c66cf8a39ece1b1','2026-10-17 08:48:00.000000','person','4ed633584770434c84bda1913fdbc703','review.claimed','record','8caa7399-f4a0-4b1a-a035-328dfa49db00','{}');
INSERT INTO "audit_entries" VALUES('a7b14c8bc7ae4a1a88517a4ace48a3a9','2026-10-17 08:48:00.000000','person','4ed633584770434c84bda1913fdbc703','record.accepted','record','8caa7399-f4a0-4b1a-a035-328dfa49db00','{}');
INSERT INTO "audit_entries" VALUES('1b2375da60274743981ea4b67288df00','2026-10-17 08:48:00.000000','person','4ed633584770434c84bda1913fdbc703','review.accepted','record','8caa7399-f4a0-4b1a-a035-328dfa49db00','{"findings": 1}');
INSERT INTO "audit_entries" VALUES('b8313ffe3aa1420ba32755a21e64b632','2026-10-17 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','register.moved','register_row','6ca1ad7e-682a-4bd7-a4ca-95140b66859d','{"register": "key-posts", "origin": "reported", "to": "proposed"}');
INSERT INTO "audit_entries" VALUES('2fd69a2303fd4235a31d6b9da95b0bb1','2026-10-17 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','register.moved','register_row','b3be917c-6e91-41e0-b637-789b1052b53c','{"register": "key-posts", "origin": "reported", "to": "proposed"}');
INSERT INTO "audit_entries" VALUES('fcd63fe6ce0f4cb4a5428a5ab387649a','2026-10-17 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','register.moved','register_row','42b86484-703b-4120-9f90-7a24c1d5a2a1','{"register": "commitments", "origin": "agreed", "to": "filed"}');
INSERT INTO "audit_entries" VALUES('80fbfc55f5854d6ab1f3f3a26c36e56e','2026-10-17 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','register.moved','register_row','5fa69f57-667b-417b-bd92-1e57daf5a428','{"register": "commitments", "origin": "agreed", "to": "filed"}');
INSERT INTO "audit_entries" VALUES('edf6ab3dce8249c89cc0e08f789cef34','2026-10-18 07:29:00.000000','system',NULL,'record.received','record','c92def97-023a-4287-9308-ccbaaf69ea73','{"version": 1}');
INSERT INTO "audit_entries" VALUES('6954ecf49d874ede9ec8043120b4a17c','2026-10-18 07:29:00.000000','system',NULL,'record.completed','record','c92def97-023a-4287-9308-ccbaaf69ea73','{"version": 1}');
INSERT INTO "audit_entries" VALUES('aa25e8b227a349778b8b71e794198408','2026-10-18 13:29:00.000000','person','4ed633584770434c84bda1913fdbc703','review.claimed','record','c92def97-023a-4287-9308-ccbaaf69ea73','{}');
INSERT INTO "audit_entries" VALUES('3e15f7ae40634bcdb1d0ba87da98f655','2026-10-18 13:29:00.000000','person','4ed633584770434c84bda1913fdbc703','record.accepted','record','c92def97-023a-4287-9308-ccbaaf69ea73','{}');
INSERT INTO "audit_entries" VALUES('2d6ee70e15214212bdd68c61f768ff3f','2026-10-18 13:29:00.000000','person','4ed633584770434c84bda1913fdbc703','review.accepted','record','c92def97-023a-4287-9308-ccbaaf69ea73','{"findings": 0}');
INSERT INTO "audit_entries" VALUES('4d6dad016b1d454984545f46ed777b2f','2026-10-18 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','register.moved','register_row','829ec12f-9d93-4faf-9c6a-17707dc99fb6','{"register": "key-posts", "origin": "reported", "to": "proposed"}');
INSERT INTO "audit_entries" VALUES('1f95cf88f0894a47b4d75d248f9c099c','2026-10-18 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','register.moved','register_row','1ea75348-8a54-47bb-8b12-e161a112b5ab','{"register": "key-posts", "origin": "reported", "to": "dropped"}');
INSERT INTO "audit_entries" VALUES('072d227805d240339e7034cd8ebaeb3e','2026-10-18 23:44:01.444000','system',NULL,'cycle.planned','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{"periods": 1}');
INSERT INTO "audit_entries" VALUES('934408d069274a5ab4e5ff530fdb94cb','2026-10-19 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','register.filed','register_row','b2d4bf29-2664-4bba-9444-cba2e8b13da1','{"register": "authorisations"}');
INSERT INTO "audit_entries" VALUES('70844e28d30d4d12a5bf8a0af5846154','2026-10-19 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','register.changed','register_row','42b86484-703b-4120-9f90-7a24c1d5a2a1','{"register": "commitments"}');
INSERT INTO "audit_entries" VALUES('af6af88c827940c78502285fe9a3d8da','2026-10-19 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','register.moved','register_row','42b86484-703b-4120-9f90-7a24c1d5a2a1','{"register": "commitments", "origin": "filed", "to": "published"}');
INSERT INTO "audit_entries" VALUES('b3c3d3ddf116498db744be7b4065f07c','2026-10-19 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','register.changed','register_row','5fa69f57-667b-417b-bd92-1e57daf5a428','{"register": "commitments"}');
INSERT INTO "audit_entries" VALUES('4deea962dd094bda9bf55fc1c31e6ee6','2026-10-19 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','register.moved','register_row','5fa69f57-667b-417b-bd92-1e57daf5a428','{"register": "commitments", "origin": "filed", "to": "published"}');
INSERT INTO "audit_entries" VALUES('d31cf6fb8eb24986afe723274e685575','2026-10-20 04:23:00.000000','system',NULL,'record.received','record','065682aa-a486-41fa-9416-f7094c952ba4','{"version": 1}');
INSERT INTO "audit_entries" VALUES('de7b3144cbc14cd5ae4b411672e96c30','2026-10-20 04:23:00.000000','system',NULL,'record.completed','record','065682aa-a486-41fa-9416-f7094c952ba4','{"version": 1}');
INSERT INTO "audit_entries" VALUES('6a54d8569725464698da4929d3e47da4','2026-10-20 10:23:00.000000','person','4ed633584770434c84bda1913fdbc703','review.claimed','record','065682aa-a486-41fa-9416-f7094c952ba4','{}');
INSERT INTO "audit_entries" VALUES('d59d6c1fb94040d0b3e55d7ac53631f9','2026-10-20 10:23:00.000000','person','4ed633584770434c84bda1913fdbc703','record.accepted','record','065682aa-a486-41fa-9416-f7094c952ba4','{}');
INSERT INTO "audit_entries" VALUES('d5e80a846fe8489b83594fff34e15485','2026-10-20 10:23:00.000000','person','4ed633584770434c84bda1913fdbc703','review.accepted','record','065682aa-a486-41fa-9416-f7094c952ba4','{"findings": 2}');
INSERT INTO "audit_entries" VALUES('d50509b9df754f83aac9eb48052d6e56','2026-10-20 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','register.moved','register_row','6ca1ad7e-682a-4bd7-a4ca-95140b66859d','{"register": "key-posts", "origin": "proposed", "to": "decided"}');
INSERT INTO "audit_entries" VALUES('e109f6ad7b6543be8c56e2b71a1cb23d','2026-10-20 23:44:01.444000','person','a8bf5f539a9840e58f139d22cf32ce70','register.filed','register_row','8c84c537-e6ff-44e5-b938-e1a1f40959e7','{"register": "clean-up"}');
INSERT INTO "audit_entries" VALUES('f980bf7b4a734bdfa2bac9c6c19d730b','2026-10-20 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','register.filed','register_row','8b3862c2-ed2e-401f-aa9d-128417dc3e6b','{"register": "clean-up"}');
INSERT INTO "audit_entries" VALUES('2690397f29c046e6aedccd397ddedbe7','2026-10-21 08:56:00.000000','system',NULL,'record.received','record','d1b571fb-3451-43b3-b902-f57bb305ba30','{"version": 1}');
INSERT INTO "audit_entries" VALUES('27a4bacdac82483980614df53f6e6ffd','2026-10-21 08:56:00.000000','system',NULL,'record.completed','record','d1b571fb-3451-43b3-b902-f57bb305ba30','{"version": 1}');
INSERT INTO "audit_entries" VALUES('157e5886cfe94108902dcb77f05aaef7','2026-10-21 14:56:00.000000','person','4ed633584770434c84bda1913fdbc703','review.claimed','record','d1b571fb-3451-43b3-b902-f57bb305ba30','{}');
INSERT INTO "audit_entries" VALUES('ff5c93a5bbd4472cb6a97a415fbd0fef','2026-10-21 14:56:00.000000','person','4ed633584770434c84bda1913fdbc703','record.accepted','record','d1b571fb-3451-43b3-b902-f57bb305ba30','{}');
INSERT INTO "audit_entries" VALUES('003c562e03ef4f48bc3440737328b91b','2026-10-21 14:56:00.000000','person','4ed633584770434c84bda1913fdbc703','review.accepted','record','d1b571fb-3451-43b3-b902-f57bb305ba30','{"findings": 1}');
INSERT INTO "audit_entries" VALUES('b6f79a886b1a476da5573a5a65a43bc8','2026-10-21 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','register.moved','register_row','6ca1ad7e-682a-4bd7-a4ca-95140b66859d','{"register": "key-posts", "origin": "decided", "to": "published"}');
INSERT INTO "audit_entries" VALUES('8320b68cb7a74644a7e74d3c6b6fe753','2026-10-22 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','register.moved','register_row','b2d4bf29-2664-4bba-9444-cba2e8b13da1','{"register": "authorisations", "origin": "filed", "to": "effective"}');
INSERT INTO "audit_entries" VALUES('54b4a3b2b1d848c79c30e259cb028f41','2026-10-23 02:26:00.000000','system',NULL,'record.received','record','755009c2-a241-408d-9c84-d7e39ae36e6f','{"version": 1}');
INSERT INTO "audit_entries" VALUES('3f734ffda7774699a99128aa7fee892e','2026-10-23 02:26:00.000000','system',NULL,'record.completed','record','755009c2-a241-408d-9c84-d7e39ae36e6f','{"version": 1}');
INSERT INTO "audit_entries" VALUES('108d6a45175b4f37bb55bf737540ab06','2026-10-23 08:26:00.000000','person','4ed633584770434c84bda1913fdbc703','review.claimed','record','755009c2-a241-408d-9c84-d7e39ae36e6f','{}');
INSERT INTO "audit_entries" VALUES('816cab1f1a36414a87afddd37d814501','2026-10-23 08:26:00.000000','person','4ed633584770434c84bda1913fdbc703','record.accepted','record','755009c2-a241-408d-9c84-d7e39ae36e6f','{}');
INSERT INTO "audit_entries" VALUES('ff4fc4711d884008810d7016ecb13237','2026-10-23 08:26:00.000000','person','4ed633584770434c84bda1913fdbc703','review.accepted','record','755009c2-a241-408d-9c84-d7e39ae36e6f','{"findings": 1}');
INSERT INTO "audit_entries" VALUES('7ce9e3e6b3614d6d91fa0ba00f0eed9c','2026-10-23 23:44:01.444000','person','a8bf5f539a9840e58f139d22cf32ce70','register.filed','register_row','341cc46a-7fb3-4442-ba9d-9b036c5be445','{"register": "contact-areas"}');
INSERT INTO "audit_entries" VALUES('aee7059fe10c4139b8083c908666eff0','2026-10-23 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','register.filed','register_row','52fd7a44-e7bb-4f7d-abd8-d3095ba4cde2','{"register": "rosters"}');
INSERT INTO "audit_entries" VALUES('4a91aa08fd5d4562b0fef5f1cae40e02','2026-10-23 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','register.filed','register_row','8007e437-65b5-4a6a-ab6a-9931e622669e','{"register": "rosters"}');
INSERT INTO "audit_entries" VALUES('7e584e2f50a746aaa305f000bc5f8a9a','2026-10-23 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.closed','survey_round','101c1836-55cf-4472-8d7f-9533c5cc15a6','{"early": false}');
INSERT INTO "audit_entries" VALUES('61a43299d680404692ec7f81d6bb5cff','2026-10-24 07:03:00.000000','system',NULL,'record.received','record','9e683a33-4bdb-4d17-9bbe-b17116c65a1e','{"version": 1}');
INSERT INTO "audit_entries" VALUES('4b62c2c79832406f919f6e697c84df51','2026-10-24 07:03:00.000000','system',NULL,'record.completed','record','9e683a33-4bdb-4d17-9bbe-b17116c65a1e','{"version": 1}');
INSERT INTO "audit_entries" VALUES('c5420b9601134fd4b6968b7e35d8219f','2026-10-24 13:03:00.000000','person','4ed633584770434c84bda1913fdbc703','review.claimed','record','9e683a33-4bdb-4d17-9bbe-b17116c65a1e','{}');
INSERT INTO "audit_entries" VALUES('cf20031c48f94d2d953775292cb4c822','2026-10-24 13:03:00.000000','person','4ed633584770434c84bda1913fdbc703','record.accepted','record','9e683a33-4bdb-4d17-9bbe-b17116c65a1e','{}');
INSERT INTO "audit_entries" VALUES('744f9d3ddc9944ad8aecf7769cd640af','2026-10-24 13:03:00.000000','person','4ed633584770434c84bda1913fdbc703','review.accepted','record','9e683a33-4bdb-4d17-9bbe-b17116c65a1e','{"findings": 0}');
INSERT INTO "audit_entries" VALUES('d4a570999d84433dabdde2bd0c9ffdd3','2026-10-25 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','register.moved','register_row','52fd7a44-e7bb-4f7d-abd8-d3095ba4cde2','{"register": "rosters", "origin": "filed", "to": "complete"}');
INSERT INTO "audit_entries" VALUES('81e0f24019bf44c29ed0315995262ff0','2026-10-25 23:44:01.444000','system',NULL,'supervision.card_dealt','supervision_card','8869eda5-47b7-4532-bdc3-0b77138ac9d2','{"colour": "yellow"}');
INSERT INTO "audit_entries" VALUES('1d6b57188b8d419faa3b5f0c3a388925','2026-10-26 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','claim.asked','claim_request','a59edec3-aa4d-4688-ae99-4629a460b41e','{"call": "window-service", "units": 3}');
INSERT INTO "audit_entries" VALUES('5b15a7c766c1414c8a4bdc0ff2875869','2026-10-26 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','supervision.imported','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{"matters": 1}');
INSERT INTO "audit_entries" VALUES('94a7f91ddaaf451ea2a1b7979f9464cf','2026-10-26 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','survey.approved','survey_round','101c1836-55cf-4472-8d7f-9533c5cc15a6','{}');
INSERT INTO "audit_entries" VALUES('5d36f4150a3e44168f7e5c14bfe72143','2026-10-26 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.published','survey_round','101c1836-55cf-4472-8d7f-9533c5cc15a6','{}');
INSERT INTO "audit_entries" VALUES('d6f73dc25f1f43ddaf44ac420d1d089c','2026-10-27 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','draw.committed','draw','3815fc57-c122-4c74-ab46-0069427a4a1a','{"redraw": false}');
INSERT INTO "audit_entries" VALUES('b1c905d348ea437aba216f199e79b26d','2026-10-27 23:44:01.444000','system',NULL,'log.sealed','log','20','{"entries": 20}');
INSERT INTO "audit_entries" VALUES('cab8eddb26f0481d9f19fa58fabcea15','2026-10-27 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','assignment.created','assignment','6d81a823-678f-4800-b70d-c9c4d5d51e60','{}');
INSERT INTO "audit_entries" VALUES('63d4a7b307844255b8180c72a96b76fa','2026-10-27 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','assignment.created','assignment','6c0965bf-49ad-404d-8bbe-d4f63f5a0ca4','{}');
INSERT INTO "audit_entries" VALUES('14d2b0f4fa2f4b1cbcc23d13bc22cd59','2026-10-27 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','draw.made','draw','3815fc57-c122-4c74-ab46-0069427a4a1a','{"objects": 2}');
INSERT INTO "audit_entries" VALUES('53e765e0262d4408a8af515afbcfe7b4','2026-10-27 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','campaign.gate_marked','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"stage": "mend", "code": "asked"}');
INSERT INTO "audit_entries" VALUES('ea14dbe24f4c47afbdb80cb9dfecbd40','2026-10-27 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.stage_entered','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"stage": "mend"}');
INSERT INTO "audit_entries" VALUES('99a7c8ba2e394ede9b1aa9454ea42447','2026-10-28 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','claim.filed','claim_sheet','385f1961-5553-4a5c-b8d2-fe1d86efed7f','{"version": 1}');
INSERT INTO "audit_entries" VALUES('07d8cc45c4124bdd927e76c14c9b24e1','2026-10-28 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','claim.signed','claim_sheet','385f1961-5553-4a5c-b8d2-fe1d86efed7f','{"version": 1}');
INSERT INTO "audit_entries" VALUES('d11377bfa8a042018faaabd6ba355314','2026-10-28 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','register.filed','register_row','3df68542-8ebd-4c0a-b879-a6f8d80af74c','{"register": "authorisations"}');
INSERT INTO "audit_entries" VALUES('51f75833d82249e1bec3c3f5acabcb78','2026-10-29 23:44:01.444000','person','a8bf5f539a9840e58f139d22cf32ce70','claim.filed','claim_sheet','d9017fce-7ea0-4be5-a214-4fd6aff0deb0','{"version": 1}');
INSERT INTO "audit_entries" VALUES('ee7f9db1b59349d1b2ca23bcbbed669e','2026-10-29 23:44:01.444000','person','a8bf5f539a9840e58f139d22cf32ce70','claim.signed','claim_sheet','d9017fce-7ea0-4be5-a214-4fd6aff0deb0','{"version": 1}');
INSERT INTO "audit_entries" VALUES('c242d550adb2406192871945fd2b1868','2026-10-29 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','complaint.received','complaint','6281dc33-9e71-4c39-b636-753ce047ac6e','{"channel": "phone"}');
INSERT INTO "audit_entries" VALUES('03f1aa917998487f8a520c30db4edb3b','2026-10-30 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','complaint.accepted','complaint','6281dc33-9e71-4c39-b636-753ce047ac6e','{"entry": "08981a88-86e9-414e-9c78-e411cf6fc25b"}');
INSERT INTO "audit_entries" VALUES('87a31c9ec59f43fcb62ca0c201408831','2026-10-30 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','complaint.written_for_unit','complaint','6281dc33-9e71-4c39-b636-753ce047ac6e','{}');
INSERT INTO "audit_entries" VALUES('596793fbc36d4068b9a4e9f9cf1bed45','2026-10-31 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','complaint.transferred','complaint','6281dc33-9e71-4c39-b636-753ce047ac6e','{"entry": "34b7058b-460a-49c4-819d-f5bd28085708"}');
INSERT INTO "audit_entries" VALUES('e3b17ca4e4e1425fb75247f5cdc61b6f','2026-10-31 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','complaint.unit_accepted','complaint','6281dc33-9e71-4c39-b636-753ce047ac6e','{"entry": "055237d7-8101-4384-94d1-e1c01ea7537e"}');
INSERT INTO "audit_entries" VALUES('0c6efccd02ad4c4fba9b57c351b88097','2026-11-01 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','cycle.reported','cycle_period','8ca10613-7fde-4d0b-842e-ca6d2840a1d2','{"duty": "rebound-checks", "count": null}');
INSERT INTO "audit_entries" VALUES('9212aec449bb454d8bd08b185cfeca22','2026-11-01 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','cycle.reported','cycle_period','21e0840e-1785-463b-b8a6-4361ca8e8c3d','{"duty": "leader-on-site", "count": 2}');
INSERT INTO "audit_entries" VALUES('ec809373563640289d612a14e672c50e','2026-11-01 23:44:01.444000','system',NULL,'supervision.card_dealt','supervision_card','b169e24c-a91a-44e8-833c-60c61f2f6e3c','{"colour": "red"}');
INSERT INTO "audit_entries" VALUES('6323e39a876949eabf826dfdb1ee22b5','2026-11-01 23:44:01.444000','system',NULL,'cycle.planned','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"periods": 7}');
INSERT INTO "audit_entries" VALUES('745d65c3377644bf93524304cc06b868','2026-11-02 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','case.opened','case','827e8aac-e0e1-4c38-a876-f1f71976959b','{"number": "2026-0001", "findings": 0}');
INSERT INTO "audit_entries" VALUES('ff3789c80be545c694f7e4085ec3c8ad','2026-11-02 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','register.moved','register_row','8c84c537-e6ff-44e5-b938-e1a1f40959e7','{"register": "clean-up", "origin": "listed", "to": "cancelled"}');
INSERT INTO "audit_entries" VALUES('5733b968455a4b2ca0be4012c0f3a88b','2026-11-02 23:44:01.444000','system',NULL,'complaint.received','complaint','0b099d46-e1a1-4d38-815b-c4a05976987a','{"channel": "page"}');
INSERT INTO "audit_entries" VALUES('70b3f8252ff14b4d8753f58299297a6d','2026-11-03 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','draw.published','draw','3815fc57-c122-4c74-ab46-0069427a4a1a','{}');
INSERT INTO "audit_entries" VALUES('e3cbedde819e4c1a881a91ade39e56ab','2026-11-03 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','supervision.imported','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{"matters": 1}');
INSERT INTO "audit_entries" VALUES('5d830c37acec4923afbe2ec9c8acfb23','2026-11-05 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','complaint.answered','complaint','6281dc33-9e71-4c39-b636-753ce047ac6e','{"entry": "2c87dff3-58cb-4266-9164-64cdbfb71e81"}');
INSERT INTO "audit_entries" VALUES('210b7c9b63614bb78c4517b84eb5f455','2026-11-06 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','case.opened','case','2a95e8f8-7577-460d-8434-75b8e8e1afc0','{"number": "2026-0002", "findings": 0}');
INSERT INTO "audit_entries" VALUES('56e82ce181774a3fa2224b2c0a384c05','2026-11-06 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','complaint.verdict','complaint','6281dc33-9e71-4c39-b636-753ce047ac6e','{"entry": "ebe5601f-4d9f-4492-82fd-d2d6c0442217"}');
INSERT INTO "audit_entries" VALUES('062486d59d374f98a36c7f79c792afac','2026-11-07 23:44:01.444000','person','a8bf5f539a9840e58f139d22cf32ce70','case.defence_stated','case','2a95e8f8-7577-460d-8434-75b8e8e1afc0','{"statement": "c83b5bf6-96d4-4fc0-8afe-b568e41fd583"}');
INSERT INTO "audit_entries" VALUES('dea2e6c3c0ae4f43b8569f8322d57baf','2026-11-07 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','claim.questioned','claim_question','cd3aab5e-3d7f-4e7d-b24e-99ba5bf85230','{"item": "deputy", "flag": "concealment"}');
INSERT INTO "audit_entries" VALUES('3741d01a2fcc4994a43347cb2314ea94','2026-11-07 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','complaint.replied','complaint','6281dc33-9e71-4c39-b636-753ce047ac6e','{"entry": "2a237bd0-c740-4988-aee6-f92f4933d6cb"}');
INSERT INTO "audit_entries" VALUES('a6d8cdf24113444885a247e35d7382e4','2026-11-08 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','supervision.imported','campaign','7b68badc-8e00-4395-81cb-4adc45abe517','{"matters": 1}');
INSERT INTO "audit_entries" VALUES('d0bef78237be423a9511cedbb2616335','2026-11-08 23:44:01.444000','system',NULL,'supervision.card_dealt','supervision_card','2fa38000-581f-434e-8a33-d1cd28e2e3e4','{"colour": "blue"}');
INSERT INTO "audit_entries" VALUES('3a1604d71ce847e8b8a9b77000379b24','2026-11-08 23:44:01.444000','system',NULL,'complaint.satisfied','complaint','6281dc33-9e71-4c39-b636-753ce047ac6e','{"entry": "04330e13-fa33-48e3-b082-1b69bb4768a3"}');
INSERT INTO "audit_entries" VALUES('3dc69df64de74ae6bebf57076fc33e19','2026-11-09 23:44:01.444000','person','4ed633584770434c84bda1913fdbc703','breach.alleged','case','2a95e8f8-7577-460d-8434-75b8e8e1afc0','{"rule_set": "basic-demands", "rule": "true-report"}');
INSERT INTO "audit_entries" VALUES('f9608e7e208c4773a66afb4a9299b77f','2026-11-10 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','claim.explained','claim_question','cd3aab5e-3d7f-4e7d-b24e-99ba5bf85230','{}');
INSERT INTO "audit_entries" VALUES('3613b2dd9b124a86880b8d6855eb7266','2026-11-10 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','complaint.received','complaint','757de7fa-2399-49fa-892e-be6ab1dd4573','{"channel": "letterbox"}');
INSERT INTO "audit_entries" VALUES('0cc8ef3461b14d0bb0b8a22658e428db','2026-11-10 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','campaign.gate_marked','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"stage": "score", "code": "mended"}');
INSERT INTO "audit_entries" VALUES('2758add041a540e7b7a1d67b600b4772','2026-11-10 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','campaign.stage_entered','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"stage": "score"}');
INSERT INTO "audit_entries" VALUES('9409c9f4fe2543e8ad6c033ed6c67a36','2026-11-11 02:04:00.000000','system',NULL,'record.received','record','33a14fab-a4c5-4bc2-8a7a-f0172cf7a0ec','{"version": 1}');
INSERT INTO "audit_entries" VALUES('caed234b3f7d47ed9f0b00f61598298c','2026-11-11 02:04:00.000000','system',NULL,'media.received','media','825afce1d9641aa84d877002758d2ad0c4e94c4477bd85555dc53be16647581e','{}');
INSERT INTO "audit_entries" VALUES('9c6c11cb9e384a35849eb82c4df53d0d','2026-11-11 02:04:00.000000','system',NULL,'record.completed','record','33a14fab-a4c5-4bc2-8a7a-f0172cf7a0ec','{"version": 1}');
INSERT INTO "audit_entries" VALUES('0729cef00a394b78b3ff9305b72eeb19','2026-11-11 08:04:00.000000','person','4ed633584770434c84bda1913fdbc703','review.claimed','record','33a14fab-a4c5-4bc2-8a7a-f0172cf7a0ec','{}');
INSERT INTO "audit_entries" VALUES('904a553563ea489688455c799d9ac31b','2026-11-11 08:04:00.000000','person','4ed633584770434c84bda1913fdbc703','picture.redaction','record','33a14fab-a4c5-4bc2-8a7a-f0172cf7a0ec','{"picture": "825afce1d9641aa84d877002758d2ad0c4e94c4477bd85555dc53be16647581e", "rectangles": 3, "provable": true}');
INSERT INTO "audit_entries" VALUES('33837a7cb1904e46857374d392b37754','2026-11-11 08:04:00.000000','person','4ed633584770434c84bda1913fdbc703','record.accepted','record','33a14fab-a4c5-4bc2-8a7a-f0172cf7a0ec','{}');
INSERT INTO "audit_entries" VALUES('af2f16a03f0a4ca49bdbb619494efaab','2026-11-11 08:04:00.000000','person','4ed633584770434c84bda1913fdbc703','review.accepted','record','33a14fab-a4c5-4bc2-8a7a-f0172cf7a0ec','{"findings": 3}');
INSERT INTO "audit_entries" VALUES('65b7a9151ba64b0392e009f35f24a261','2026-11-11 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','complaint.accepted','complaint','757de7fa-2399-49fa-892e-be6ab1dd4573','{"entry": "e2c716a6-c458-4af4-8bb7-b12dea0c8c64"}');
INSERT INTO "audit_entries" VALUES('696c565d9e754e2fb93f13730dfa40bf','2026-11-11 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','complaint.written_for_unit','complaint','757de7fa-2399-49fa-892e-be6ab1dd4573','{}');
INSERT INTO "audit_entries" VALUES('89594be9d30d416d8c490fd67a077908','2026-11-12 02:44:00.000000','system',NULL,'record.received','record','5f757031-ec77-4d21-a965-44044dddef21','{"version": 1}');
INSERT INTO "audit_entries" VALUES('128797009ebd49c08439e74761ca9f00','2026-11-12 02:44:00.000000','system',NULL,'media.received','media','65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f','{}');
INSERT INTO "audit_entries" VALUES('fc7d10b64f9d4245b7778299c5d0b6cf','2026-11-12 02:44:00.000000','system',NULL,'record.completed','record','5f757031-ec77-4d21-a965-44044dddef21','{"version": 1}');
INSERT INTO "audit_entries" VALUES('1b777dd383ec40ce901d73a253e53e29','2026-11-12 08:44:00.000000','person','4ed633584770434c84bda1913fdbc703','review.claimed','record','5f757031-ec77-4d21-a965-44044dddef21','{}');
INSERT INTO "audit_entries" VALUES('f83feb06f6a547ccb97364e786661a80','2026-11-12 08:44:00.000000','person','4ed633584770434c84bda1913fdbc703','picture.redaction','record','5f757031-ec77-4d21-a965-44044dddef21','{"picture": "65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f", "rectangles": 3, "provable": true}');
INSERT INTO "audit_entries" VALUES('d2b6b6b8678544f4993cfb1cc247af84','2026-11-12 08:44:00.000000','person','4ed633584770434c84bda1913fdbc703','record.accepted','record','5f757031-ec77-4d21-a965-44044dddef21','{}');
INSERT INTO "audit_entries" VALUES('5a974060ab2b4a62b191a84ded369c3a','2026-11-12 08:44:00.000000','person','4ed633584770434c84bda1913fdbc703','review.accepted','record','5f757031-ec77-4d21-a965-44044dddef21','{"findings": 3}');
INSERT INTO "audit_entries" VALUES('1ed9acf3e48e4ab598600e203a30e7d9','2026-11-13 02:44:00.000000','person','bbd25f58f7644374a72bd5cf0dca7891','case.opened','case','91adbb9c-0408-4c7b-9ce6-d016a5118e4e','{"number": "2026-0003", "findings": 3}');
INSERT INTO "audit_entries" VALUES('8b0500c1262d4acaba930057e081226d','2026-11-14 02:44:00.000000','person','344feccba8db46ab9a8f7e5d6c685233','case.defence_stated','case','91adbb9c-0408-4c7b-9ce6-d016a5118e4e','{"statement": "ff50e48c-cc35-47a3-acbf-c1795f9c99f6"}');
INSERT INTO "audit_entries" VALUES('0bed87028522449db5d1f2a5b5dcaa9b','2026-11-15 02:44:00.000000','person','344feccba8db46ab9a8f7e5d6c685233','case.rectification_stated','case','91adbb9c-0408-4c7b-9ce6-d016a5118e4e','{"statement": "ded05dd3-ab2c-40cc-9817-bda1b98ad514"}');
INSERT INTO "audit_entries" VALUES('aaad8d1183d54fc98d085f2ab6522636','2026-11-17 02:44:00.000000','person','bbd25f58f7644374a72bd5cf0dca7891','notice.drafted','notice','3ce80889-d244-44a5-b286-d3e713175620','{"kind": "exposure", "template": "873f4df9-66cf-4105-82dc-f41a081c7027"}');
INSERT INTO "audit_entries" VALUES('68fff062979d4d26b4a466936fc9880e','2026-11-17 02:44:00.000000','person','bbd25f58f7644374a72bd5cf0dca7891','notice.submitted','notice','3ce80889-d244-44a5-b286-d3e713175620','{}');
INSERT INTO "audit_entries" VALUES('2d3f9da08dce4ee38a85b016e427acdf','2026-11-17 02:44:00.000000','person','4ed633584770434c84bda1913fdbc703','notice.checked','notice','3ce80889-d244-44a5-b286-d3e713175620','{"passed": "true"}');
INSERT INTO "audit_entries" VALUES('aeba51f3841247359df2fd3169fcd6b9','2026-11-17 02:44:00.000000','person','e86b8dcef421485a96942f813d1fae22','notice.approved','notice','3ce80889-d244-44a5-b286-d3e713175620','{}');
INSERT INTO "audit_entries" VALUES('373fde22aa744e638601fd555b47a79c','2026-11-17 02:44:00.000000','person','bbd25f58f7644374a72bd5cf0dca7891','notice.published','notice','3ce80889-d244-44a5-b286-d3e713175620','{"number": "\u7532\u6574\u529e\u901a\u30142026\u30151\u53f7"}');
INSERT INTO "audit_entries" VALUES('c6be236e909048e7bb014db514efb6c1','2026-11-12 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','topic.raised','topic','f86f5e61-4495-42e7-bedb-7955015e4559','{"theme": "enterprise"}');
INSERT INTO "audit_entries" VALUES('dc347a45cf97457c9ef9039ee4bba2da','2026-11-12 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','topic.raised','topic','07fc2162-ee0c-4de6-8f3d-5b8fe0d405ba','{"theme": "hot-issues"}');
INSERT INTO "audit_entries" VALUES('b354b336f49044569265096ce27f123d','2026-11-12 23:44:01.444000','person','4ed633584770434c84bda1913fdbc703','register.moved','register_row','8007e437-65b5-4a6a-ab6a-9931e622669e','{"register": "rosters", "origin": "filed", "to": "vacant"}');
INSERT INTO "audit_entries" VALUES('44980b4a1aa44e0d9b03120db1c4414a','2026-11-12 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','complaint.received','complaint','0a831f9a-580b-4580-b627-981e14c97429','{"channel": "reception_day"}');
INSERT INTO "audit_entries" VALUES('99eed0751d5f43f69ed9f55cdfec145b','2026-11-12 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','ballot_box.set_up','ballot_box','9d65f82a-710e-48d0-b64b-37d1e047fb6a','{"appraisal": "appraisal"}');
INSERT INTO "audit_entries" VALUES('83073b990c504d57ba8843489f8bb1a4','2026-11-12 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','ballot_box.shares_taken','ballot_box','9d65f82a-710e-48d0-b64b-37d1e047fb6a','{"witnesses": 3}');
INSERT INTO "audit_entries" VALUES('2f729737772345169b849211d8adb36a','2026-11-12 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','ballot_slip.issued','ballot_box','9d65f82a-710e-48d0-b64b-37d1e047fb6a','{"group": "assessors", "count": 7}');
INSERT INTO "audit_entries" VALUES('211e8a33e8ed42d4b020d33966b67853','2026-11-12 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','ballot_slip.spoilt','ballot_box','9d65f82a-710e-48d0-b64b-37d1e047fb6a','{"number": 6}');
INSERT INTO "audit_entries" VALUES('04fe7e8759ff4656b709fc79cab3875a','2026-11-12 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','ballot_slip.issued','ballot_box','9d65f82a-710e-48d0-b64b-37d1e047fb6a','{"group": "service-users", "count": 6}');
INSERT INTO "audit_entries" VALUES('890908e2f2bb4603b08a1358bfcdc955','2026-11-12 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','ballot_slip.spoilt','ballot_box','9d65f82a-710e-48d0-b64b-37d1e047fb6a','{"number": 9}');
INSERT INTO "audit_entries" VALUES('02266c616bf34f65b624a8c59af8252e','2026-11-12 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','ballot_box.sealed','ballot_box','9d65f82a-710e-48d0-b64b-37d1e047fb6a','{"ballots": 11}');
INSERT INTO "audit_entries" VALUES('02b660729b854a2c9c22b747ebc430f9','2026-11-12 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','ballot_box.opened','ballot_box','9d65f82a-710e-48d0-b64b-37d1e047fb6a','{"present": 3}');
INSERT INTO "audit_entries" VALUES('d677e4743abf4f91be34b6ba225cdfe4','2026-11-13 23:44:01.444000','person','4ed633584770434c84bda1913fdbc703','breach.alleged','case','91adbb9c-0408-4c7b-9ce6-d016a5118e4e','{"rule_set": "six-bans", "rule": "ban-1"}');
INSERT INTO "audit_entries" VALUES('6dd6c2b6ab324599abdf8667eff8fc5d','2026-11-13 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','complaint.accepted','complaint','0a831f9a-580b-4580-b627-981e14c97429','{"entry": "560f6cbf-ae93-47a5-9ef0-b38668dde6d5"}');
INSERT INTO "audit_entries" VALUES('53060c7926974d4ca556199950181c77','2026-11-13 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','score_run.computed','score_run','b20d1262-b200-4dfa-b301-270044c293f5','{"scheme": "appraisal", "figures_sha256": "f4b15701d68a44fb7021bae611e42e9f3b66a3f2c6f5f191b45631112b0e0afa"}');
INSERT INTO "audit_entries" VALUES('aed8305b7e37467bbacd8480e014d8b0','2026-11-14 03:19:00.000000','system',NULL,'record.received','record','50f9d8be-af9b-4ad3-8455-bd5009775c38','{"version": 1}');
INSERT INTO "audit_entries" VALUES('d649c01b4b384761a6b13c8697949085','2026-11-14 03:19:00.000000','system',NULL,'record.completed','record','50f9d8be-af9b-4ad3-8455-bd5009775c38','{"version": 1}');
INSERT INTO "audit_entries" VALUES('91a6a37f1d474fbd89cb8790fb1a95cf','2026-11-14 09:19:00.000000','person','4ed633584770434c84bda1913fdbc703','review.claimed','record','50f9d8be-af9b-4ad3-8455-bd5009775c38','{}');
INSERT INTO "audit_entries" VALUES('ed1f35d1a5174c4ab9f0eb010b74f037','2026-11-14 09:19:00.000000','person','4ed633584770434c84bda1913fdbc703','record.accepted','record','50f9d8be-af9b-4ad3-8455-bd5009775c38','{}');
INSERT INTO "audit_entries" VALUES('89fe050c5d364f1e835c59b5ccc26e86','2026-11-14 09:19:00.000000','person','4ed633584770434c84bda1913fdbc703','review.accepted','record','50f9d8be-af9b-4ad3-8455-bd5009775c38','{"findings": 0}');
INSERT INTO "audit_entries" VALUES('f0780d8e77b941318aa8c47949e5ceb3','2026-11-14 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','measure.proposed','measure','929d9edb-e404-41e7-b18f-ae9d84d65afc','{"ladder": "not-carried-out", "step": "circular"}');
INSERT INTO "audit_entries" VALUES('f478dee868014af486d619276fa14e51','2026-11-14 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','measure.approved','measure','929d9edb-e404-41e7-b18f-ae9d84d65afc','{"ladder": "not-carried-out", "step": "circular"}');
INSERT INTO "audit_entries" VALUES('f41a67eb85a548df8aa9c45c938195b3','2026-11-14 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','measure.in_force','measure','929d9edb-e404-41e7-b18f-ae9d84d65afc','{"ladder": "not-carried-out", "step": "circular"}');
INSERT INTO "audit_entries" VALUES('95231e49c40441fea01690975521f927','2026-11-14 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','complaint.transferred','complaint','757de7fa-2399-49fa-892e-be6ab1dd4573','{"entry": "5cbc433a-5634-49ae-bf5b-0d1953302232"}');
INSERT INTO "audit_entries" VALUES('fd53ba3bf3194bccac39221857e2211a','2026-11-14 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','complaint.merged','complaint','0a831f9a-580b-4580-b627-981e14c97429','{"entry": "d8ee6347-3f59-4624-9f58-ba0cf66ecdb8"}');
INSERT INTO "audit_entries" VALUES('41e275ce45cf424faca132d97b4e3baa','2026-11-14 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','complaint.took_over','complaint','757de7fa-2399-49fa-892e-be6ab1dd4573','{"entry": "1919dbda-0096-43a3-86b5-d05013a8e41a"}');
INSERT INTO "audit_entries" VALUES('a9c93460d0734203adf966701d9e9ba4','2026-11-15 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','cycle.reported','cycle_period','c12e7fa9-be3f-4b60-b7a5-1ae075ffa4bd','{"duty": "covert-rounds", "count": null}');
INSERT INTO "audit_entries" VALUES('f560a652e89b4a82bd6cdc5b8a432f28','2026-11-15 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','measure.proposed','measure','da09de84-07d4-4a62-8644-d3f2c48c1620','{"ladder": "not-carried-out", "step": "rectify"}');
INSERT INTO "audit_entries" VALUES('0dd4be8df18c4fcca7b3ed25d11a3c3b','2026-11-15 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','measure.approved','measure','da09de84-07d4-4a62-8644-d3f2c48c1620','{"ladder": "not-carried-out", "step": "rectify"}');
INSERT INTO "audit_entries" VALUES('bba726ef63f14651b7bb4a5a88c76bbc','2026-11-15 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','measure.in_force','measure','da09de84-07d4-4a62-8644-d3f2c48c1620','{"ladder": "not-carried-out", "step": "rectify"}');
INSERT INTO "audit_entries" VALUES('6b2f1414f2fe4a19be82b20d14b1db0c','2026-11-15 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','breach.established','case','91adbb9c-0408-4c7b-9ce6-d016a5118e4e','{"rule_set": "six-bans"}');
INSERT INTO "audit_entries" VALUES('0814836b02a547c7a904e7603a38e1b1','2026-11-15 23:44:01.444000','system',NULL,'supervision.card_dealt','supervision_card','b9ff15f9-9a01-48a6-a73d-be79467e1c2b','{"colour": "yellow"}');
INSERT INTO "audit_entries" VALUES('116497c6bf27442a9783061685676e83','2026-11-15 23:44:01.444000','system',NULL,'cycle.planned','campaign','b23d08eb-b85a-40b1-bd5d-afce944293f9','{"periods": 7}');
INSERT INTO "audit_entries" VALUES('dd83b5e99210493e82f798b6d72d80ca','2026-11-15 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','score_run.signed','score_run','b20d1262-b200-4dfa-b301-270044c293f5','{"scheme": "appraisal", "figures_sha256": "f4b15701d68a44fb7021bae611e42e9f3b66a3f2c6f5f191b45631112b0e0afa"}');
INSERT INTO "audit_entries" VALUES('5a9e9e4416e54d7091092a5f5262ff3e','2026-11-15 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','score_run.published','score_run','b20d1262-b200-4dfa-b301-270044c293f5','{"scheme": "appraisal", "figures_sha256": "f4b15701d68a44fb7021bae611e42e9f3b66a3f2c6f5f191b45631112b0e0afa"}');
INSERT INTO "audit_entries" VALUES('f83d9314ad834723ac5003b6150a9a5c','2026-11-15 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','fact.attested','unit','0bc008fd-f97e-4ac9-9180-087666fa10fd','{"code": "top-three"}');
INSERT INTO "audit_entries" VALUES('8a53cd2db88d403dad3842f9fad320f1','2026-11-15 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','consequence.opened','consequence','f2fb663a-c9e6-4acd-8e2f-5fe1ea7b80b0','{"rule": "top-three", "run": "b20d1262-b200-4dfa-b301-270044c293f5"}');
INSERT INTO "audit_entries" VALUES('404d970ff36447d2889b52fcbe804077','2026-11-15 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','fact.attested','unit','2eea26e4-6f62-4721-aa25-7f5c651c8b87','{"code": "top-three"}');
INSERT INTO "audit_entries" VALUES('22883d58a8ac437ea5816c94425decf2','2026-11-15 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','consequence.opened','consequence','8e215c18-93a2-401d-b24f-c06553e8a143','{"rule": "top-three", "run": "b20d1262-b200-4dfa-b301-270044c293f5"}');
INSERT INTO "audit_entries" VALUES('9e3b611f0b2844d799b8c7d1d2ae9358','2026-11-15 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','fact.attested','unit','6390e8fe-99a4-4bc3-ac08-f79c036659a9','{"code": "top-three"}');
INSERT INTO "audit_entries" VALUES('091d345227ed4f6898ecd65a25c75a4f','2026-11-15 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','consequence.opened','consequence','15eb8eff-8057-47cc-bc2b-8964d459d2e2','{"rule": "top-three", "run": "b20d1262-b200-4dfa-b301-270044c293f5"}');
INSERT INTO "audit_entries" VALUES('8a9fa48603c543e9862b131a9a12997d','2026-11-15 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','fact.attested','unit','e045ff7c-751a-437a-b4bd-b89ae716288b','{"code": "ranked-last"}');
INSERT INTO "audit_entries" VALUES('44837088f89847aeb222036ee610d5df','2026-11-15 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','case.opened','case','e235c73d-c018-49b2-b107-d18255230d89','{"number": "2026-0004", "findings": 0}');
INSERT INTO "audit_entries" VALUES('4a447ac6b0ea4406b218422cf376b1c8','2026-11-15 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','consequence.opened','consequence','6fc3a94b-0d7d-49a9-ab27-e4594849eea9','{"rule": "behind", "run": "b20d1262-b200-4dfa-b301-270044c293f5"}');
INSERT INTO "audit_entries" VALUES('7ab95e8cf8b34a9297c7e1999c66b733','2026-11-16 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','notice.drafted','notice','d60091e7-ed74-4233-b05f-e338c6ff85f9','{"kind": "rectification", "template": "dc188c96-1a81-43fa-9dbd-1ac5bc382999"}');
INSERT INTO "audit_entries" VALUES('f2fa691df8e14b529af412211be1c1c3','2026-11-16 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','notice.submitted','notice','d60091e7-ed74-4233-b05f-e338c6ff85f9','{}');
INSERT INTO "audit_entries" VALUES('d211c73e4a3b4a97905cb760be19a7b1','2026-11-16 23:44:01.444000','person','4ed633584770434c84bda1913fdbc703','notice.checked','notice','d60091e7-ed74-4233-b05f-e338c6ff85f9','{"passed": "true"}');
INSERT INTO "audit_entries" VALUES('b3b3d01c1a1c47de94b88484796cac2c','2026-11-16 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','notice.approved','notice','d60091e7-ed74-4233-b05f-e338c6ff85f9','{}');
INSERT INTO "audit_entries" VALUES('54260aba76de407ba5118aa174828fb1','2026-11-16 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','notice.published','notice','d60091e7-ed74-4233-b05f-e338c6ff85f9','{"number": "\u7532\u6574\u529e\u6539\u30142026\u30151\u53f7"}');
INSERT INTO "audit_entries" VALUES('9b5e13e84705485bbf20e783ffd41a52','2026-11-16 23:44:01.444000','person','344feccba8db46ab9a8f7e5d6c685233','register.changed','register_row','5fa69f57-667b-417b-bd92-1e57daf5a428','{"register": "commitments"}');
INSERT INTO "audit_entries" VALUES('5095aaf64b9941adb3d8a2c37acbdf71','2026-11-16 23:44:01.444000','person','4ed633584770434c84bda1913fdbc703','register.moved','register_row','5fa69f57-667b-417b-bd92-1e57daf5a428','{"register": "commitments", "origin": "published", "to": "kept"}');
INSERT INTO "audit_entries" VALUES('2d10bc4143cf4ca595490c20106de9d8','2026-11-17 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','notice.drafted','notice','9ea98369-751b-488e-b368-70def0fc1787','{"kind": "supervision", "template": "5f7d76dc-9a28-4939-a512-84b1a5c62f69"}');
INSERT INTO "audit_entries" VALUES('e1caa2205de74d6aa033cf683d6dab73','2026-11-17 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','notice.submitted','notice','9ea98369-751b-488e-b368-70def0fc1787','{}');
INSERT INTO "audit_entries" VALUES('3d74dbd8f1584b9190b89fb7f64e4200','2026-11-17 23:44:01.444000','person','4ed633584770434c84bda1913fdbc703','notice.checked','notice','9ea98369-751b-488e-b368-70def0fc1787','{"passed": "true"}');
INSERT INTO "audit_entries" VALUES('3b938910a2c64023b4a7a713e5d59f88','2026-11-17 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','case.opened','case','0de052cd-4aab-44fc-aaeb-7ab7566475e0','{"number": "2026-0005", "findings": 0}');
INSERT INTO "audit_entries" VALUES('3e66e752ee884fff87d6297e96c30a3a','2026-11-17 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','supervision.case_opened','supervision_card','b169e24c-a91a-44e8-833c-60c61f2f6e3c','{"case": "2026-0005"}');
INSERT INTO "audit_entries" VALUES('788f307e523b47b38cac5d2767580376','2026-11-18 23:44:01.444000','person','a8bf5f539a9840e58f139d22cf32ce70','case.extension_asked','case','2a95e8f8-7577-460d-8434-75b8e8e1afc0','{"request": "12459565-856f-4a57-8f6c-542bef2a1938"}');
INSERT INTO "audit_entries" VALUES('0ffb7c06e9c64d1390b31d2500f67c63','2026-11-18 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','notice.drafted','notice','75eae0ab-082a-40da-86d7-d0a3987a41a9','{"kind": "bulletin", "template": "1bce342d-7562-43d2-9250-72ac8558e1f7"}');
INSERT INTO "audit_entries" VALUES('7ba34ec36071404ab44c54e492006aba','2026-11-18 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','notice.submitted','notice','75eae0ab-082a-40da-86d7-d0a3987a41a9','{}');
INSERT INTO "audit_entries" VALUES('babf1fd71cc9420196f7ada40e5e9849','2026-11-18 23:44:01.444000','person','4ed633584770434c84bda1913fdbc703','notice.checked','notice','75eae0ab-082a-40da-86d7-d0a3987a41a9','{"passed": "true"}');
INSERT INTO "audit_entries" VALUES('459334269b864fcbafb2e2da6ac3986e','2026-11-18 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','notice.approved','notice','75eae0ab-082a-40da-86d7-d0a3987a41a9','{}');
INSERT INTO "audit_entries" VALUES('5349d69ffe51463ba7a44faca88ec837','2026-11-19 07:44:00.000000','system',NULL,'record.received','record','196271a5-6693-4b38-bd6f-3ee48b8322af','{"version": 1}');
INSERT INTO "audit_entries" VALUES('229f7386587041a5b23569f402a58dd5','2026-11-19 07:44:00.000000','system',NULL,'media.received','media','4aaed3d003241e2575f1bdd2ec5a5950c0f7f02bb732b3947139b9ad8eeb4c9b','{}');
INSERT INTO "audit_entries" VALUES('ab77e9ac92cd4ca797e18a6d0dfac33d','2026-11-19 07:44:00.000000','system',NULL,'record.completed','record','196271a5-6693-4b38-bd6f-3ee48b8322af','{"version": 1}');
INSERT INTO "audit_entries" VALUES('dff8f3736b65462e850679d0266ff0ae','2026-11-19 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','case.changed','case','91adbb9c-0408-4c7b-9ce6-d016a5118e4e','{"working_days": null, "defence_working_days": null, "due_on": null, "members": "fields"}');
INSERT INTO "audit_entries" VALUES('37a652f8091c4df9848514e6bcdb6b4f','2026-11-19 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','measure.proposed','measure','d089e0ad-509e-4e4b-a78a-e6c371581965','{"ladder": "not-carried-out", "step": "publish"}');
INSERT INTO "audit_entries" VALUES('3d141bd512844fbaab33824affe6515f','2026-11-19 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','notice.drafted','notice','47c28617-af3f-4ee4-b016-ca0446b5fcc4','{"kind": "reply", "template": "9cc51d2e-d18a-4f2e-a83c-74b57b4ec902"}');
INSERT INTO "audit_entries" VALUES('f3887eca33f749e8b79f39daa3d4a980','2026-11-19 23:44:01.444000','person','e86b8dcef421485a96942f813d1fae22','register.moved','register_row','b3be917c-6e91-41e0-b637-789b1052b53c','{"register": "key-posts", "origin": "proposed", "to": "decided"}');
INSERT INTO "audit_entries" VALUES('88034c21fc034ef58e3e32eb0524121b','2026-11-19 23:44:01.444000','person','a8bf5f539a9840e58f139d22cf32ce70','register.filed','register_row','9ee36411-1ad4-442c-974b-f5b4a04ac5d7','{"register": "key-posts"}');
INSERT INTO "audit_entries" VALUES('c29c1db122e349aeb424b137c1375135','2026-11-19 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.set_up','survey_round','1c9e1465-986e-4bfe-9266-77acbf7b9d10','{}');
INSERT INTO "audit_entries" VALUES('69c023720ad6443abbfaf461dc35576e','2026-11-19 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.changed','survey_round','1c9e1465-986e-4bfe-9266-77acbf7b9d10','{}');
INSERT INTO "audit_entries" VALUES('a33d4f32b9ec4882938e68fba079854e','2026-11-19 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.frame_taken','survey_round','1c9e1465-986e-4bfe-9266-77acbf7b9d10','{"raters": 28}');
INSERT INTO "audit_entries" VALUES('6e74862845484b9c8cf0eaf3de0cff7f','2026-11-19 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.frozen','survey_round','1c9e1465-986e-4bfe-9266-77acbf7b9d10','{"raters": 28}');
INSERT INTO "audit_entries" VALUES('e284eed19641470b9e76f6b39150158c','2026-11-19 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.opened','survey_round','1c9e1465-986e-4bfe-9266-77acbf7b9d10','{}');
INSERT INTO "audit_entries" VALUES('01a35ec7ac4740fdaef47587597b900f','2026-11-19 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.tokens_issued','survey_round','1c9e1465-986e-4bfe-9266-77acbf7b9d10','{"tokens": 6}');
INSERT INTO "audit_entries" VALUES('3ab47ff8ff2e4928a86f0d2a7e62d793','2026-11-19 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.tokens_issued','survey_round','1c9e1465-986e-4bfe-9266-77acbf7b9d10','{"tokens": 6}');
INSERT INTO "audit_entries" VALUES('48e9207057424134871cf002ef3da2e6','2026-11-19 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.paper_issued','survey_round','1c9e1465-986e-4bfe-9266-77acbf7b9d10','{"ballots": 2}');
INSERT INTO "audit_entries" VALUES('241e63b309e0494c8059523e6e0ad85c','2026-11-19 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','survey.paper_issued','survey_round','1c9e1465-986e-4bfe-9266-77acbf7b9d10','{"ballots": 2}');
INSERT INTO "audit_entries" VALUES('b29e00cc41f84a4680a7dace9710b16a','2026-11-19 23:44:01.444000','person','4ed633584770434c84bda1913fdbc703','survey.paper_entered','survey_round','1c9e1465-986e-4bfe-9266-77acbf7b9d10','{"number": 1, "state": "once"}');
INSERT INTO "audit_entries" VALUES('0e4e18154da747bda3d813a3dc1e236a','2026-11-20 10:46:00.000000','system',NULL,'record.received','record','2ecc71b0-ab5c-4716-95a2-cb24fab1364d','{"version": 1}');
INSERT INTO "audit_entries" VALUES('c5f959ee60c34890972b122628c7ec2a','2026-11-20 10:46:00.000000','system',NULL,'record.completed','record','2ecc71b0-ab5c-4716-95a2-cb24fab1364d','{"version": 1}');
INSERT INTO "audit_entries" VALUES('e1ce1887277147a7a01eb02f1c97042e','2026-11-20 23:44:01.444000','person','a8bf5f539a9840e58f139d22cf32ce70','register.filed','register_row','c3efc0a9-6d17-48da-81b4-566d5865d01a','{"register": "commitments"}');
INSERT INTO "audit_entries" VALUES('d19196f7c3004b0ba7899da07f2fbcfb','2026-11-20 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','complaint.chased','complaint','757de7fa-2399-49fa-892e-be6ab1dd4573','{"entry": "c0cf2a6b-ce1a-4e9b-98a1-c368d7c4b8d8"}');
INSERT INTO "audit_entries" VALUES('c3e5e80deae54e74a7c16f762a9b9103','2026-11-21 08:07:00.000000','system',NULL,'record.received','record','d7c92fa3-80cb-40fb-96cc-aef1e2b1170a','{"version": 1}');
INSERT INTO "audit_entries" VALUES('aa1f1283ea344a849bbf88b359875a49','2026-11-21 08:07:00.000000','system',NULL,'media.received','media','9a7f70fcbfa69e906e3dd2f4386cc46765ec33c97a94cbb0718f4d47e2a04195','{}');
INSERT INTO "audit_entries" VALUES('5d2b53075b894669a4120ca393573606','2026-11-21 08:07:00.000000','system',NULL,'record.completed','record','d7c92fa3-80cb-40fb-96cc-aef1e2b1170a','{"version": 1}');
INSERT INTO "audit_entries" VALUES('e2a224ede1fe4bd489407560831c054e','2026-11-21 14:07:00.000000','person','4ed633584770434c84bda1913fdbc703','review.claimed','record','d7c92fa3-80cb-40fb-96cc-aef1e2b1170a','{}');
INSERT INTO "audit_entries" VALUES('41547c55f6aa4643b96a3c4aae531f3d','2026-11-21 14:07:00.000000','person','4ed633584770434c84bda1913fdbc703','record.returned','record','d7c92fa3-80cb-40fb-96cc-aef1e2b1170a','{"remarks": 1}');
INSERT INTO "audit_entries" VALUES('d3e4591dbdaa4b75b0e2d12498ddb3d7','2026-11-21 14:07:00.000000','person','4ed633584770434c84bda1913fdbc703','review.returned','record','d7c92fa3-80cb-40fb-96cc-aef1e2b1170a','{"remarks": 1}');
INSERT INTO "audit_entries" VALUES('8b3bd0338d3147f9ababd013e0c2cac8','2026-11-21 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','register.filed','register_row','e045b523-94e5-45f6-85c7-d5893a4cbc86','{"register": "handouts"}');
INSERT INTO "audit_entries" VALUES('80c48329be384b459fbab060bb0cac71','2026-11-21 23:44:01.444000','person','a8bf5f539a9840e58f139d22cf32ce70','register.filed','register_row','30524017-d18f-437e-b074-4d8aa0fb1cdf','{"register": "authorisations"}');
INSERT INTO "audit_entries" VALUES('3f7180ad06674243bfcb5559c4b4edc4','2026-11-21 23:44:01.444000','system',NULL,'complaint.received','complaint','100e2ac1-5cd1-4aca-ae5f-56b93e0114d5','{"channel": "page"}');
INSERT INTO "audit_entries" VALUES('0c48ab67f6944ea798db711a8154dc3b','2026-11-22 01:37:00.000000','system',NULL,'record.received','record','b96d5f6e-2774-4baa-b130-4b909184174b','{"version": 1}');
INSERT INTO "audit_entries" VALUES('82acee14858046ce9f62d87bd602d88c','2026-11-22 01:37:00.000000','system',NULL,'record.completed','record','b96d5f6e-2774-4baa-b130-4b909184174b','{"version": 1}');
INSERT INTO "audit_entries" VALUES('d71ad66a2e804cddb39daac29f89688e','2026-11-22 01:37:00.000000','system',NULL,'complaint.cluster_found','complaint_cluster','e9422c5d-3489-4772-9a33-03c8e78d1343','{"rule": "strong"}');
INSERT INTO "audit_entries" VALUES('1ba208ebd51f4c329092dcc60edc3bd1','2026-11-22 23:44:01.444000','system',NULL,'supervision.card_dealt','supervision_card','b65c1093-5055-43e2-a53e-7894e14969ef','{"colour": "blue"}');
INSERT INTO "audit_entries" VALUES('5d573b8fd70f491cafecb5423cf62477','2026-11-22 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','complaint.cluster_proposed','complaint_cluster','e9422c5d-3489-4772-9a33-03c8e78d1343','{}');
INSERT INTO "audit_entries" VALUES('413705c6b32d4cc98fe603cfe4c135a2','2026-11-22 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','ballot_box.set_up','ballot_box','b00c1c45-2c25-425a-9ee0-1ca61f95a280','{"appraisal": "appraisal"}');
INSERT INTO "audit_entries" VALUES('2c4233caf0a1485f8c22e6ff06e1e72c','2026-11-22 23:44:01.444000','person','bbd25f58f7644374a72bd5cf0dca7891','score_run.computed','score_run','d5c0635b-e1db-4ec4-a9dc-beaa2ffb32fc','{"scheme": "appraisal", "figures_sha256": "f87bec07e078107dd3c4f7e239a54e7e8dc5c09850e99a6ffa230b07e5423924"}');
INSERT INTO "audit_entries" VALUES('e63d8800c5fc4611a7fb6a87e36569ac','2026-11-22 23:44:13.088000','system',NULL,'log.sealed','log','55','{"entries": 35}');
INSERT INTO "audit_entries" VALUES('7ba2d3b2f8214bbea7b0d681f2cad95d','2026-11-22 23:44:13.440000','system',NULL,'enrolment.issued','inspector','f7e3a946-9856-477f-8962-aa4ec3de4d7d','{"preconfirmed": true}');
CREATE TABLE ballot_boxes (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	rulebook_version_id CHAR(32) NOT NULL, 
	appraisal VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	day DATE NOT NULL, 
	paper JSON NOT NULL, 
	threshold INTEGER NOT NULL, 
	stage VARCHAR NOT NULL, 
	public_key VARCHAR, 
	charter JSON, 
	seal JSON, 
	digests JSON, 
	result JSON, 
	void_reason VARCHAR NOT NULL, 
	set_up_by CHAR(32) NOT NULL, 
	created_at DATETIME NOT NULL, 
	sealed_at DATETIME, 
	opened_at DATETIME, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_ballot_boxes PRIMARY KEY (id), 
	CONSTRAINT fk_ballot_boxes_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_ballot_boxes_rulebook_version_id_rulebook_versions FOREIGN KEY(rulebook_version_id) REFERENCES rulebook_versions (id), 
	CONSTRAINT fk_ballot_boxes_set_up_by_users FOREIGN KEY(set_up_by) REFERENCES users (id)
);
INSERT INTO "ballot_boxes" VALUES('9d65f82a710e48d0b64b37d1e047fb6a','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','appraisal','民主评议集中打分','2026-11-13','{"about": "\u5bf9\u6bcf\u4e2a\u5355\u4f4d\u7684\u4e94\u9879\u5185\u5bb9\u9010\u9879\u6253\u5206\u3002\u8bf7\u72ec\u7acb\u586b\u5199\uff0c\u4e0d\u6253\u611f\u60c5\u5206\u3001\u5173\u7cfb\u5206\u3001\u89e3\u6c14\u5206\u3002", "units": [{"id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "name": "\u4e09\u533a\u5efa\u8bbe\u5c40"}, {"id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "name": "\u4e00\u53bf\u5efa\u8bbe\u5c40"}, {"id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "name": "\u4e8c\u53bf\u5efa\u8bbe\u5c40"}, {"id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "name": "\u56db\u533a\u5efa\u8bbe\u5c40"}, {"id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "name": "\u4e00\u53bf\u623f\u7ba1\u5c40"}, {"id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "name": "\u7532\u5e02\u89c4\u5212\u5c40"}], "groups": [{"code": "assessors", "title": "\u8bc4\u8bae\u5458"}, {"code": "service-users", "title": "\u670d\u52a1\u5bf9\u8c61\u4ee3\u8868"}], "criteria": [{"code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "about": ""}, {"code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "about": ""}, {"code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "about": ""}, {"code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "about": ""}, {"code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "about": ""}], "scale": [{"code": "satisfied", "title": "\u6ee1\u610f", "value": 100}, {"code": "mostly", "title": "\u57fa\u672c\u6ee1\u610f", "value": 75}, {"code": "barely", "title": "\u4e0d\u592a\u6ee1\u610f", "value": 40}, {"code": "dissatisfied", "title": "\u4e0d\u6ee1\u610f", "value": 0}], "abstain": true, "fewest": 5}',3,'opened','425764eda31a0c53af0bfca81a4fb3a8d3c41919f5c42959d1ac6b52b9167861','{"v": 1, "box": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "day": "2026-11-13", "public_key": "425764eda31a0c53af0bfca81a4fb3a8d3c41919f5c42959d1ac6b52b9167861", "threshold": 3, "witnesses": ["\u6d3e\u9a7b\u7eaa\u68c0\u76d1\u5bdf\u7ec4", "\u7edf\u8ba1\u90e8\u95e8", "\u8bc4\u8bae\u5458\u4ee3\u8868"], "paper_sha256": "b4dae39cf3facf8d7f088c87ad2d8ffb869cd5f985eed5d78229610d8904a7f7"}','{"v": 1, "box": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "root": "0660e20b96d45b4bf5f037f95485202a7431fae7fbcfd94f8c423a26006f2b64", "ballots": 11, "issued": 13, "used": 11, "unused": 0, "spoilt": 2, "interrupted": 0}','{"16466ab48cb148809a371887360763a6": "d23e3beeadcd5de58346396626f633f89f261dc3f4fb7f95cea92698b7c2bc23", "23c39dfb40b640259e57f55b86503fe2": "e78dbbbb020a588a243f8b57c6d694d2024effba8c868e89afa76c82b01eee7d", "25ab472387c742d0a9fb9459c0eb05c2": "6039c3fca631c4e440a499f84f2708ac68adbca0a3b0f97d92a15f69129dfc8f", "6a6ede4ea3b4487f956a9c4c27d69c4e": "43696fa94924219be54cdd192983645eb41426bb3c07b1f0117e1f85bbe93de6", "8db17d953aff4622a215ef3c6f38afe8": "03e00b9569f9e921006964118ac7924d6415d2befd42bb52f233246d37854e53", "96e70ae4bb784d74a624f807951a145d": "623e2a028f622c7d6d31549e593965da1ad91c97f84fc5941fafc4c4e7980ddf", "b604fc89985047ef87c14244bb82d7bf": "0723483b964adeae134218561c16876116d636d7b231a6d7ed20003f7228a709", "c3444c7e8c584ac8ac1d0d7553305a7e": "f5537276ecac3e2f13aa6ad896f32067a0c34a7ceb563893cb536eec94841eab", "cd6203b40f3d4010837c4889292ca8b4": "2a71a1a48134cc8f23aa0bb949c1c4a228a7448c966b8ec518229338d70556fd", "e8257bb86a9443b1b72ead03f259e9eb": "6dd57935c5387035995c5fa5ba9b384e4212ee85d37f8405f5cbd5f39ec5c234", "eccb0782660e4c29b4970d443581cf3b": "983a125fdc0b79caefa43da7c1a77062bfb62b0815b3877e166d9026815b8a58"}','{"v": 1, "box": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "seal_sha256": "29b0266c4fc396e15915aaa8f7d5ec7475564ad94ff4a06b741cc13518b95ce2", "present": ["\u6d3e\u9a7b\u7eaa\u68c0\u76d1\u5bdf\u7ec4", "\u7edf\u8ba1\u90e8\u95e8", "\u8bc4\u8bae\u5458\u4ee3\u8868"], "papers_sha256": "a5db04e35cac44edb4979e95e161a57ef09d833b80b0d726451f68b92273f237", "tally": {"groups": [{"code": "assessors", "ballots": 6}, {"code": "service-users", "ballots": 5}], "lines": [{"unit": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "group": "assessors", "criterion": "law", "count": 6, "grades": {"satisfied": 6, "mostly": 0, "barely": 0, "dissatisfied": 0}, "mean": 100.0}, {"unit": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "group": "service-users", "criterion": "law", "count": 5, "grades": {"satisfied": 5, "mostly": 0, "barely": 0, "dissatisfied": 0}, "mean": 100.0}, {"unit": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "group": "assessors", "criterion": "openness", "count": 6, "grades": {"satisfied": 5, "mostly": 1, "barely": 0, "dissatisfied": 0}, "mean": 95.83333333333333}, {"unit": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "group": "service-users", "criterion": "openness", "count": 5, "grades": {"satisfied": 4, "mostly": 1, "barely": 0, "dissatisfied": 0}, "mean": 95.0}, {"unit": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "group": "assessors", "criterion": "approval", "count": 6, "grades": {"satisfied": 6, "mostly": 0, "barely": 0, "dissatisfied": 0}, "mean": 100.0}, {"unit": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "group": "service-users", "criterion": "approval", "count": 5, "grades": {"satisfied": 5, "mostly": 0, "barely": 0, "dissatisfied": 0}, "mean": 100.0}, {"unit": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "group": "assessors", "criterion": "service", "count": 6, "grades": {"satisfied": 4, "mostly": 2, "barely": 0, "dissatisfied": 0}, "mean": 91.66666666666667}, {"unit": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "group": "service-users", "criterion": "service", "count": 5, "grades": {"satisfied": 4, "mostly": 1, "barely": 0, "dissatisfied": 0}, "mean": 95.0}, {"unit": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "group": "assessors", "criterion": "efficiency", "count": 6, "grades": {"satisfied": 5, "mostly": 0, "barely": 1, "dissatisfied": 0}, "mean": 90.0}, {"unit": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "group": "service-users", "criterion": "efficiency", "count": 5, "grades": {"satisfied": 3, "mostly": 0, "barely": 1, "dissatisfied": 1}, "mean": 68.0}, {"unit": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "group": "assessors", "criterion": "law", "count": 6, "grades": {"satisfied": 5, "mostly": 1, "barely": 0, "dissatisfied": 0}, "mean": 95.83333333333333}, {"unit": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "group": "service-users", "criterion": "law", "count": 5, "grades": {"satisfied": 5, "mostly": 0, "barely": 0, "dissatisfied": 0}, "mean": 100.0}, {"unit": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "group": "assessors", "criterion": "openness", "count": 6, "grades": {"satisfied": 4, "mostly": 2, "barely": 0, "dissatisfied": 0}, "mean": 91.66666666666667}, {"unit": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "group": "service-users", "criterion": "openness", "count": 5, "grades": {"satisfied": 5, "mostly": 0, "barely": 0, "dissatisfied": 0}, "mean": 100.0}, {"unit": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "group": "assessors", "criterion": "approval", "count": 6, "grades": {"satisfied": 6, "mostly": 0, "barely": 0, "dissatisfied": 0}, "mean": 100.0}, {"unit": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "group": "service-users", "criterion": "approval", "count": 5, "grades": {"satisfied": 4, "mostly": 1, "barely": 0, "dissatisfied": 0}, "mean": 95.0}, {"unit": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "group": "assessors", "criterion": "service", "count": 6, "grades": {"satisfied": 6, "mostly": 0, "barely": 0, "dissatisfied": 0}, "mean": 100.0}, {"unit": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "group": "service-users", "criterion": "service", "count": 5, "grades": {"satisfied": 3, "mostly": 2, "barely": 0, "dissatisfied": 0}, "mean": 90.0}, {"unit": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "group": "assessors", "criterion": "efficiency", "count": 6, "grades": {"satisfied": 5, "mostly": 0, "barely": 1, "dissatisfied": 0}, "mean": 90.0}, {"unit": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "group": "service-users", "criterion": "efficiency", "count": 5, "grades": {"satisfied": 5, "mostly": 0, "barely": 0, "dissatisfied": 0}, "mean": 100.0}, {"unit": "746a29a4-7269-458b-b3cf-3d5e905b7887", "group": "assessors", "criterion": "law", "count": 6, "grades": {"satisfied": 5, "mostly": 1, "barely": 0, "dissatisfied": 0}, "mean": 95.83333333333333}, {"unit": "746a29a4-7269-458b-b3cf-3d5e905b7887", "group": "service-users", "criterion": "law", "count": 5, "grades": {"satisfied": 2, "mostly": 1, "barely": 2, "dissatisfied": 0}, "mean": 71.0}, {"unit": "746a29a4-7269-458b-b3cf-3d5e905b7887", "group": "assessors", "criterion": "openness", "count": 6, "grades": {"satisfied": 6, "mostly": 0, "barely": 0, "dissatisfied": 0}, "mean": 100.0}, {"unit": "746a29a4-7269-458b-b3cf-3d5e905b7887", "group": "service-users", "criterion": "openness", "count": 5, "grades": {"satisfied": 2, "mostly": 2, "barely": 1, "dissatisfied": 0}, "mean": 78.0}, {"unit": "746a29a4-7269-458b-b3cf-3d5e905b7887", "group": "assessors", "criterion": "approval", "count": 6, "grades": {"satisfied": 4, "mostly": 2, "barely": 0, "dissatisfied": 0}, "mean": 91.66666666666667}, {"unit": "746a29a4-7269-458b-b3cf-3d5e905b7887", "group": "service-users", "criterion": "approval", "count": 5, "grades": {"satisfied": 3, "mostly": 2, "barely": 0, "dissatisfied": 0}, "mean": 90.0}, {"unit": "746a29a4-7269-458b-b3cf-3d5e905b7887", "group": "assessors", "criterion": "service", "count": 6, "grades": {"satisfied": 2, "mostly": 2, "barely": 1, "dissatisfied": 1}, "mean": 65.0}, {"unit": "746a29a4-7269-458b-b3cf-3d5e905b7887", "group": "service-users", "criterion": "service", "count": 5, "grades": {"satisfied": 1, "mostly": 3, "barely": 1, "dissatisfied": 0}, "mean": 73.0}, {"unit": "746a29a4-7269-458b-b3cf-3d5e905b7887", "group": "assessors", "criterion": "efficiency", "count": 6, "grades": {"satisfied": 5, "mostly": 1, "barely": 0, "dissatisfied": 0}, "mean": 95.83333333333333}, {"unit": "746a29a4-7269-458b-b3cf-3d5e905b7887", "group": "service-users", "criterion": "efficiency", "count": 5, "grades": {"satisfied": 3, "mostly": 1, "barely": 1, "dissatisfied": 0}, "mean": 83.0}, {"unit": "e045ff7c-751a-437a-b4bd-b89ae716288b", "group": "assessors", "criterion": "law", "count": 6, "grades": {"satisfied": 3, "mostly": 3, "barely": 0, "dissatisfied": 0}, "mean": 87.5}, {"unit": "e045ff7c-751a-437a-b4bd-b89ae716288b", "group": "service-users", "criterion": "law", "count": 5, "grades": {"satisfied": 2, "mostly": 1, "barely": 1, "dissatisfied": 1}, "mean": 63.0}, {"unit": "e045ff7c-751a-437a-b4bd-b89ae716288b", "group": "assessors", "criterion": "openness", "count": 6, "grades": {"satisfied": 1, "mostly": 5, "barely": 0, "dissatisfied": 0}, "mean": 79.16666666666667}, {"unit": "e045ff7c-751a-437a-b4bd-b89ae716288b", "group": "service-users", "criterion": "openness", "count": 5, "grades": {"satisfied": 4, "mostly": 0, "barely": 1, "dissatisfied": 0}, "mean": 88.0}, {"unit": "e045ff7c-751a-437a-b4bd-b89ae716288b", "group": "assessors", "criterion": "approval", "count": 6, "grades": {"satisfied": 3, "mostly": 0, "barely": 0, "dissatisfied": 3}, "mean": 50.0}, {"unit": "e045ff7c-751a-437a-b4bd-b89ae716288b", "group": "service-users", "criterion": "approval", "count": 5, "grades": {"satisfied": 1, "mostly": 2, "barely": 1, "dissatisfied": 1}, "mean": 58.0}, {"unit": "e045ff7c-751a-437a-b4bd-b89ae716288b", "group": "assessors", "criterion": "service", "count": 6, "grades": {"satisfied": 3, "mostly": 3, "barely": 0, "dissatisfied": 0}, "mean": 87.5}, {"unit": "e045ff7c-751a-437a-b4bd-b89ae716288b", "group": "service-users", "criterion": "service", "count": 5, "grades": {"satisfied": 1, "mostly": 2, "barely": 1, "dissatisfied": 1}, "mean": 58.0}, {"unit": "e045ff7c-751a-437a-b4bd-b89ae716288b", "group": "assessors", "criterion": "efficiency", "count": 6, "grades": {"satisfied": 2, "mostly": 1, "barely": 2, "dissatisfied": 1}, "mean": 59.166666666666664}, {"unit": "e045ff7c-751a-437a-b4bd-b89ae716288b", "group": "service-users", "criterion": "efficiency", "count": 5, "grades": {"satisfied": 3, "mostly": 1, "barely": 0, "dissatisfied": 1}, "mean": 75.0}, {"unit": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "group": "assessors", "criterion": "law", "count": 6, "grades": {"satisfied": 4, "mostly": 2, "barely": 0, "dissatisfied": 0}, "mean": 91.66666666666667}, {"unit": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "group": "service-users", "criterion": "law", "count": 5, "grades": {"satisfied": 1, "mostly": 2, "barely": 1, "dissatisfied": 1}, "mean": 58.0}, {"unit": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "group": "assessors", "criterion": "openness", "count": 6, "grades": {"satisfied": 3, "mostly": 2, "barely": 0, "dissatisfied": 1}, "mean": 75.0}, {"unit": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "group": "service-users", "criterion": "openness", "count": 5, "grades": {"satisfied": 4, "mostly": 1, "barely": 0, "dissatisfied": 0}, "mean": 95.0}, {"unit": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "group": "assessors", "criterion": "approval", "count": 6, "grades": {"satisfied": 5, "mostly": 0, "barely": 1, "dissatisfied": 0}, "mean": 90.0}, {"unit": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "group": "service-users", "criterion": "approval", "count": 5, "grades": {"satisfied": 3, "mostly": 1, "barely": 0, "dissatisfied": 1}, "mean": 75.0}, {"unit": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "group": "assessors", "criterion": "service", "count": 6, "grades": {"satisfied": 4, "mostly": 2, "barely": 0, "dissatisfied": 0}, "mean": 91.66666666666667}, {"unit": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "group": "service-users", "criterion": "service", "count": 5, "grades": {"satisfied": 3, "mostly": 0, "barely": 2, "dissatisfied": 0}, "mean": 76.0}, {"unit": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "group": "assessors", "criterion": "efficiency", "count": 6, "grades": {"satisfied": 6, "mostly": 0, "barely": 0, "dissatisfied": 0}, "mean": 100.0}, {"unit": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "group": "service-users", "criterion": "efficiency", "count": 5, "grades": {"satisfied": 5, "mostly": 0, "barely": 0, "dissatisfied": 0}, "mean": 100.0}, {"unit": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "group": "assessors", "criterion": "law", "count": 6, "grades": {"satisfied": 5, "mostly": 0, "barely": 0, "dissatisfied": 1}, "mean": 83.33333333333333}, {"unit": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "group": "service-users", "criterion": "law", "count": 5, "grades": {"satisfied": 5, "mostly": 0, "barely": 0, "dissatisfied": 0}, "mean": 100.0}, {"unit": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "group": "assessors", "criterion": "openness", "count": 6, "grades": {"satisfied": 5, "mostly": 1, "barely": 0, "dissatisfied": 0}, "mean": 95.83333333333333}, {"unit": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "group": "service-users", "criterion": "openness", "count": 5, "grades": {"satisfied": 4, "mostly": 1, "barely": 0, "dissatisfied": 0}, "mean": 95.0}, {"unit": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "group": "assessors", "criterion": "approval", "count": 6, "grades": {"satisfied": 4, "mostly": 2, "barely": 0, "dissatisfied": 0}, "mean": 91.66666666666667}, {"unit": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "group": "service-users", "criterion": "approval", "count": 5, "grades": {"satisfied": 5, "mostly": 0, "barely": 0, "dissatisfied": 0}, "mean": 100.0}, {"unit": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "group": "assessors", "criterion": "service", "count": 6, "grades": {"satisfied": 5, "mostly": 0, "barely": 1, "dissatisfied": 0}, "mean": 90.0}, {"unit": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "group": "service-users", "criterion": "service", "count": 5, "grades": {"satisfied": 3, "mostly": 1, "barely": 1, "dissatisfied": 0}, "mean": 83.0}, {"unit": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "group": "assessors", "criterion": "efficiency", "count": 6, "grades": {"satisfied": 5, "mostly": 0, "barely": 1, "dissatisfied": 0}, "mean": 90.0}, {"unit": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "group": "service-users", "criterion": "efficiency", "count": 5, "grades": {"satisfied": 3, "mostly": 1, "barely": 0, "dissatisfied": 1}, "mean": 75.0}]}}','','bbd25f58f7644374a72bd5cf0dca7891','2026-11-12 23:44:01.444000','2026-11-12 23:44:01.444000','2026-11-12 23:44:01.444000',4);
INSERT INTO "ballot_boxes" VALUES('b00c1c452c25425a9ee01ca61f95a280','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','appraisal','民主评议集中打分','2026-11-23','{"about": "\u5bf9\u6bcf\u4e2a\u5355\u4f4d\u7684\u4e94\u9879\u5185\u5bb9\u9010\u9879\u6253\u5206\u3002\u8bf7\u72ec\u7acb\u586b\u5199\uff0c\u4e0d\u6253\u611f\u60c5\u5206\u3001\u5173\u7cfb\u5206\u3001\u89e3\u6c14\u5206\u3002", "units": [{"id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "name": "\u4e09\u533a\u5efa\u8bbe\u5c40"}, {"id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "name": "\u4e00\u53bf\u5efa\u8bbe\u5c40"}, {"id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "name": "\u4e8c\u53bf\u5efa\u8bbe\u5c40"}, {"id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "name": "\u56db\u533a\u5efa\u8bbe\u5c40"}, {"id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "name": "\u4e00\u53bf\u623f\u7ba1\u5c40"}, {"id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "name": "\u7532\u5e02\u89c4\u5212\u5c40"}], "groups": [{"code": "assessors", "title": "\u8bc4\u8bae\u5458"}, {"code": "service-users", "title": "\u670d\u52a1\u5bf9\u8c61\u4ee3\u8868"}], "criteria": [{"code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "about": ""}, {"code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "about": ""}, {"code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "about": ""}, {"code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "about": ""}, {"code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "about": ""}], "scale": [{"code": "satisfied", "title": "\u6ee1\u610f", "value": 100}, {"code": "mostly", "title": "\u57fa\u672c\u6ee1\u610f", "value": 75}, {"code": "barely", "title": "\u4e0d\u592a\u6ee1\u610f", "value": 40}, {"code": "dissatisfied", "title": "\u4e0d\u6ee1\u610f", "value": 0}], "abstain": true, "fewest": 5}',3,'set_up',NULL,NULL,NULL,NULL,NULL,'','bbd25f58f7644374a72bd5cf0dca7891','2026-11-22 23:44:01.444000',NULL,NULL,1);
CREATE TABLE ballot_slips (
	code_sha256 VARCHAR NOT NULL, 
	box_id CHAR(32) NOT NULL, 
	"group" VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	spoilt_because VARCHAR NOT NULL, 
	mac VARCHAR NOT NULL, 
	CONSTRAINT pk_ballot_slips PRIMARY KEY (code_sha256), 
	CONSTRAINT fk_ballot_slips_box_id_ballot_boxes FOREIGN KEY(box_id) REFERENCES ballot_boxes (id), 
	CONSTRAINT uq_ballot_slips_box_id_number UNIQUE (box_id, number)
);
INSERT INTO "ballot_slips" VALUES('f348f8542416c4d298349d040b08c105b78dbff78ab4f3f7cafab55b491b90d8','9d65f82a710e48d0b64b37d1e047fb6a','assessors',1,'used','','84fd7ceca06772ec8fea1ebc86e3774a163a8b0bbe46a57318223bc6488fe8aa');
INSERT INTO "ballot_slips" VALUES('0398d8ddb5093bf37931ec8f76575869c3853684bb949d56b31fcc29bf350f68','9d65f82a710e48d0b64b37d1e047fb6a','assessors',2,'used','','fa69a6794baf6662b1b76017ecdd57a12674529c12127e1bcbee1c6d6e690fc1');
INSERT INTO "ballot_slips" VALUES('3233c68c8cdfe0d3dfc470de2965ca2123687319249b6d38973b2f07ce086ec5','9d65f82a710e48d0b64b37d1e047fb6a','assessors',3,'used','','cabb1d31a1c90df6f1a5c6af02ef59034c917205d7549b9431ad8fbff09cf679');
INSERT INTO "ballot_slips" VALUES('c97af45434bfcb40af5288ffc176c84cd099944cc977a21687728a5641a1fea0','9d65f82a710e48d0b64b37d1e047fb6a','assessors',4,'used','','0b48ea1b51bf4738b1db55f7dca7ac8d6d38c95569fd9e828f14daee4050e8a4');
INSERT INTO "ballot_slips" VALUES('f397ee629df804019281c465eea0b978154d52e4a522d2539dc6cd40a813d698','9d65f82a710e48d0b64b37d1e047fb6a','assessors',5,'used','','315d854985bdf934cf8ea8550c49204e868176390d18b54cd2e0b8ca5a4223d1');
INSERT INTO "ballot_slips" VALUES('0b57bbe74ebcd40d03d2c8e87b87b43017cdb7fe52926e5806d7533539270a2a','9d65f82a710e48d0b64b37d1e047fb6a','assessors',6,'spoilt','一名评议员临时缺席，票已交回','c667216a9e4e86e732ae067bb4cc40832448ce3d45d05b616ec7f7d1f0579f84');
INSERT INTO "ballot_slips" VALUES('ee12321e1872e00f1780d04736914e7e419aaddf1d74b4212a435e11e15045ef','9d65f82a710e48d0b64b37d1e047fb6a','assessors',7,'used','','4373102c6562d8ff064987754d5a7a7179948537632b6899f85e93db4e32e652');
INSERT INTO "ballot_slips" VALUES('668a64a1d6ca066d6be832fe78da8f27fd07d9361d25745a1bd0bcab88aaf58f','9d65f82a710e48d0b64b37d1e047fb6a','service-users',8,'used','','2524aafc342ed36678d5cc951a9f723ffd0db6d2bdf1f423be1354a0209b673b');
INSERT INTO "ballot_slips" VALUES('65e5fc06bf2fec0210878522df012e2ae121dc6f81424cade803aae9ad740047','9d65f82a710e48d0b64b37d1e047fb6a','service-users',9,'spoilt','一名评议员临时缺席，票已交回','61fff61b4bdd4335210c7f5e513a01b4e287fd2fa21adfc6e26717296efcf8cc');
INSERT INTO "ballot_slips" VALUES('c188b5e121d9c43b24c439f3a8f16bb6f7120830f6d4df1204151098d1ccd3e0','9d65f82a710e48d0b64b37d1e047fb6a','service-users',10,'used','','5efd1506e0a6b4621f2ee1580393060b61395cc70e53488bfd49c37fd288e74d');
INSERT INTO "ballot_slips" VALUES('3ac068f226ec62de6f499ac9730f6ea81370f670b7320af27dabfd4be7b93f21','9d65f82a710e48d0b64b37d1e047fb6a','service-users',11,'used','','32878c0ef92f1a594b9be1abdb6ef81f82099b8acc7dd92c4ba21ead1eea9933');
INSERT INTO "ballot_slips" VALUES('3800edac4e58f02eab650ce08cfe3b3d89734f96f26040dfd70d40abe0af0505','9d65f82a710e48d0b64b37d1e047fb6a','service-users',12,'used','','d784f53b393c480940622dff74b181272afdb2a9ece98fd076a0bfd8153f7772');
INSERT INTO "ballot_slips" VALUES('057ed9bfc773b1dc5190baba018979d6a3ea50c44cecbdcb06487e8092221353','9d65f82a710e48d0b64b37d1e047fb6a','service-users',13,'used','','bf81c4d3e0b9ed281544b1d94e4e209f28d00c4768177a1b14c86118c15c8fbc');
CREATE TABLE ballot_witnesses (
	box_id CHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	user_id CHAR(32) NOT NULL, 
	office VARCHAR NOT NULL, 
	wrapped JSON, 
	CONSTRAINT pk_ballot_witnesses PRIMARY KEY (box_id, number), 
	CONSTRAINT fk_ballot_witnesses_box_id_ballot_boxes FOREIGN KEY(box_id) REFERENCES ballot_boxes (id), 
	CONSTRAINT fk_ballot_witnesses_user_id_users FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT uq_ballot_witnesses_box_id_user_id UNIQUE (box_id, user_id)
);
INSERT INTO "ballot_witnesses" VALUES('9d65f82a710e48d0b64b37d1e047fb6a',1,'f18039c2793e48f3bd30a36f6d5d239f','派驻纪检监察组','null');
INSERT INTO "ballot_witnesses" VALUES('9d65f82a710e48d0b64b37d1e047fb6a',2,'7867aeec44ad4f5caade7ee2c0121236','统计部门','null');
INSERT INTO "ballot_witnesses" VALUES('9d65f82a710e48d0b64b37d1e047fb6a',3,'dd3a56558e434ef3a028d757635c6d62','评议员代表','null');
CREATE TABLE campaign_actors (
	campaign_id CHAR(32) NOT NULL, 
	actor VARCHAR NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_campaign_actors PRIMARY KEY (campaign_id, actor, unit_id), 
	CONSTRAINT fk_campaign_actors_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_campaign_actors_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id)
);
INSERT INTO "campaign_actors" VALUES('6b8dca93f0404b55a7eb38cf02b7a494','publicity','4295ceb6f9f840d08167b84c9ea5eede');
INSERT INTO "campaign_actors" VALUES('6b8dca93f0404b55a7eb38cf02b7a494','civility','c371a2d5237b4b5fb982ed40f73d3b35');
INSERT INTO "campaign_actors" VALUES('6b8dca93f0404b55a7eb38cf02b7a494','service-centre','4bf49f563a964b3e8ece13c3eb824880');
INSERT INTO "campaign_actors" VALUES('6b8dca93f0404b55a7eb38cf02b7a494','police','64f531d56dee4557a38701469f690c30');
INSERT INTO "campaign_actors" VALUES('6b8dca93f0404b55a7eb38cf02b7a494','transport','f542fb42453a4e57a7494343cda5f755');
INSERT INTO "campaign_actors" VALUES('6b8dca93f0404b55a7eb38cf02b7a494','urban-management','6b816ee993d1443a84824bb66c07eb68');
INSERT INTO "campaign_actors" VALUES('6b8dca93f0404b55a7eb38cf02b7a494','other-leads','d6e26e966a9d419e8009a02b3625d473');
INSERT INTO "campaign_actors" VALUES('6b8dca93f0404b55a7eb38cf02b7a494','other-leads','9c5d267f50724a4cbd7ad1525c2822ba');
INSERT INTO "campaign_actors" VALUES('7b68badc8e00439581cb4adc45abe517','style-office','d6e26e966a9d419e8009a02b3625d473');
INSERT INTO "campaign_actors" VALUES('7b68badc8e00439581cb4adc45abe517','service-centre','4bf49f563a964b3e8ece13c3eb824880');
INSERT INTO "campaign_actors" VALUES('7b68badc8e00439581cb4adc45abe517','police','64f531d56dee4557a38701469f690c30');
INSERT INTO "campaign_actors" VALUES('b23d08ebb85a40b1bd5dafce944293f9','bureau','5e1903b512c54864b7e1358ac8ddc79e');
INSERT INTO "campaign_actors" VALUES('b23d08ebb85a40b1bd5dafce944293f9','construction','6390e8fe99a44bc3ac08f79c036659a9');
INSERT INTO "campaign_actors" VALUES('b23d08ebb85a40b1bd5dafce944293f9','construction','746a29a47269458bb3cf3d5e905b7887');
INSERT INTO "campaign_actors" VALUES('b23d08ebb85a40b1bd5dafce944293f9','construction','2eea26e46f624721aa257f5c651c8b87');
INSERT INTO "campaign_actors" VALUES('b23d08ebb85a40b1bd5dafce944293f9','construction','e045ff7c751a437ab4bdb89ae716288b');
INSERT INTO "campaign_actors" VALUES('b23d08ebb85a40b1bd5dafce944293f9','planning','0bc008fdf97e4ac99180087666fa10fd');
INSERT INTO "campaign_actors" VALUES('b23d08ebb85a40b1bd5dafce944293f9','housing','a21c12fd887b40bfa34b77ffbe978ea5');
CREATE TABLE campaign_checklists (
	campaign_id CHAR(32) NOT NULL, 
	checklist_version_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_campaign_checklists PRIMARY KEY (campaign_id, checklist_version_id), 
	CONSTRAINT fk_campaign_checklists_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_campaign_checklists_checklist_version_id_checklist_versions FOREIGN KEY(checklist_version_id) REFERENCES checklist_versions (id)
);
INSERT INTO "campaign_checklists" VALUES('6b8dca93f0404b55a7eb38cf02b7a494','dbbd1992ce92487aa7afd62327f9ca8c');
INSERT INTO "campaign_checklists" VALUES('6b8dca93f0404b55a7eb38cf02b7a494','58ddc7ac9b8345569874790a4b382918');
INSERT INTO "campaign_checklists" VALUES('6b8dca93f0404b55a7eb38cf02b7a494','aa0af76518e64fa0992df334a45892c0');
INSERT INTO "campaign_checklists" VALUES('7b68badc8e00439581cb4adc45abe517','dbbd1992ce92487aa7afd62327f9ca8c');
INSERT INTO "campaign_checklists" VALUES('7b68badc8e00439581cb4adc45abe517','58ddc7ac9b8345569874790a4b382918');
INSERT INTO "campaign_checklists" VALUES('7b68badc8e00439581cb4adc45abe517','aa0af76518e64fa0992df334a45892c0');
INSERT INTO "campaign_checklists" VALUES('b23d08ebb85a40b1bd5dafce944293f9','dbbd1992ce92487aa7afd62327f9ca8c');
INSERT INTO "campaign_checklists" VALUES('b23d08ebb85a40b1bd5dafce944293f9','58ddc7ac9b8345569874790a4b382918');
INSERT INTO "campaign_checklists" VALUES('b23d08ebb85a40b1bd5dafce944293f9','aa0af76518e64fa0992df334a45892c0');
CREATE TABLE campaign_goal_readings (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	goal VARCHAR NOT NULL, 
	indicator VARCHAR NOT NULL, 
	value DOUBLE NOT NULL, 
	day DATE NOT NULL, 
	source VARCHAR NOT NULL, 
	read_by CHAR(32), 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_campaign_goal_readings PRIMARY KEY (id), 
	CONSTRAINT fk_campaign_goal_readings_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_campaign_goal_readings_read_by_users FOREIGN KEY(read_by) REFERENCES users (id)
);
CREATE TABLE campaign_stage_marks (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	stage VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	count INTEGER, 
	marked_by CHAR(32), 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_campaign_stage_marks PRIMARY KEY (id), 
	CONSTRAINT fk_campaign_stage_marks_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_campaign_stage_marks_marked_by_users FOREIGN KEY(marked_by) REFERENCES users (id), 
	CONSTRAINT uq_campaign_stage_marks_campaign_id_stage_kind_code UNIQUE (campaign_id, stage, kind, code)
);
INSERT INTO "campaign_stage_marks" VALUES('a2ba95174ecc42e7a7a1d3ae5097212a','6b8dca93f0404b55a7eb38cf02b7a494','survey','point','groups-reported','十二个调研组均已提交意见',12,'bbd25f58f7644374a72bd5cf0dca7891','2026-09-24 23:44:01.444000');
INSERT INTO "campaign_stage_marks" VALUES('f0a586eae14843ee88b37e24383f175f','6b8dca93f0404b55a7eb38cf02b7a494','mobilise','gate','topics-heard','会议决定',NULL,'e86b8dcef421485a96942f813d1fae22','2026-09-27 23:44:01.444000');
INSERT INTO "campaign_stage_marks" VALUES('80e8e7bd2c6843529152d4c28916099c','6b8dca93f0404b55a7eb38cf02b7a494','mobilise','point','plans','八个牵头部门方案已报',8,'bbd25f58f7644374a72bd5cf0dca7891','2026-09-27 23:44:01.444000');
INSERT INTO "campaign_stage_marks" VALUES('2ee1c433e6694213bc40360105e64824','6b8dca93f0404b55a7eb38cf02b7a494','mobilise','point','duties-written','主责次责形成书面材料',NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-09-27 23:44:01.444000');
INSERT INTO "campaign_stage_marks" VALUES('ef6a8fc693134a57965d3996f6f1ecdd','6b8dca93f0404b55a7eb38cf02b7a494','mobilise','point','meeting','动员大会签到册',320,'bbd25f58f7644374a72bd5cf0dca7891','2026-09-27 23:44:01.444000');
INSERT INTO "campaign_stage_marks" VALUES('df4eb0309f544484b90ac6a635083453','6b8dca93f0404b55a7eb38cf02b7a494','mobilise','point','booklets','材料发放登记',NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-09-27 23:44:01.444000');
INSERT INTO "campaign_stage_marks" VALUES('66006b05e16e41409b3ada7fd955bf2c','b23d08ebb85a40b1bd5dafce944293f9','mobilise','point','office-staffed','抽调人员名单',30,'bbd25f58f7644374a72bd5cf0dca7891','2026-10-04 23:44:01.444000');
INSERT INTO "campaign_stage_marks" VALUES('d58fbde3ad2b4366a324dbc5a6196dbe','b23d08ebb85a40b1bd5dafce944293f9','mobilise','point','office-groups','分组方案',4,'bbd25f58f7644374a72bd5cf0dca7891','2026-10-04 23:44:01.444000');
INSERT INTO "campaign_stage_marks" VALUES('f995081fba7943f097333df344c1ac9a','b23d08ebb85a40b1bd5dafce944293f9','mobilise','point','rosters','各地名单已报',NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-10-04 23:44:01.444000');
INSERT INTO "campaign_stage_marks" VALUES('73beed76b3ae4ada9ac69363633ad745','b23d08ebb85a40b1bd5dafce944293f9','mobilise','point','contacts','各地联系人已报',NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-10-04 23:44:01.444000');
INSERT INTO "campaign_stage_marks" VALUES('f7a7d8c3d9374f53a84ebf4bee2ff224','b23d08ebb85a40b1bd5dafce944293f9','mobilise','point','plans','各地方案已报',NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-10-04 23:44:01.444000');
INSERT INTO "campaign_stage_marks" VALUES('fe6b4e87394d4a5dbb5d65c7d3b08cc7','b23d08ebb85a40b1bd5dafce944293f9','mobilise','point','news','第一期工作动态',NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-10-04 23:44:01.444000');
INSERT INTO "campaign_stage_marks" VALUES('009e4545e6094cc0a8bad38d2230f23d','7b68badc8e00439581cb4adc45abe517','rectify','gate','problems-found','会议决定',NULL,'e86b8dcef421485a96942f813d1fae22','2026-10-13 23:44:01.444000');
INSERT INTO "campaign_stage_marks" VALUES('b1f4634227eb45639dd520ba490bf6fb','7b68badc8e00439581cb4adc45abe517','rectify','point','must-enter','应进必进方案已逐个部门核实',NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-10-13 23:44:01.444000');
INSERT INTO "campaign_stage_marks" VALUES('fb4c6f8ae88947aabcc4e601844fdf17','7b68badc8e00439581cb4adc45abe517','rectify','point','plans-signed','公开承诺方案已报分管领导',NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-10-13 23:44:01.444000');
INSERT INTO "campaign_stage_marks" VALUES('91f8ee0a0b434e378a6ca4029b9b2064','b23d08ebb85a40b1bd5dafce944293f9','mend','gate','asked','会议决定',NULL,'e86b8dcef421485a96942f813d1fae22','2026-10-27 23:44:01.444000');
INSERT INTO "campaign_stage_marks" VALUES('f4bf18872e094abaaca51e543dcf1f24','b23d08ebb85a40b1bd5dafce944293f9','score','gate','mended','会议决定',NULL,'e86b8dcef421485a96942f813d1fae22','2026-11-10 23:44:01.444000');
CREATE TABLE campaign_stages (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	code VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	from_day DATE, 
	to_day DATE, 
	entered_at DATETIME, 
	entered_by CHAR(32), 
	CONSTRAINT pk_campaign_stages PRIMARY KEY (id), 
	CONSTRAINT fk_campaign_stages_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_campaign_stages_entered_by_users FOREIGN KEY(entered_by) REFERENCES users (id), 
	CONSTRAINT uq_campaign_stages_campaign_id_code UNIQUE (campaign_id, code)
);
INSERT INTO "campaign_stages" VALUES('c124ef2ff9354e399d982c1e56c22d88','6b8dca93f0404b55a7eb38cf02b7a494','survey',0,'调研定题',NULL,NULL,'2026-09-24 23:44:01.444000','bbd25f58f7644374a72bd5cf0dca7891');
INSERT INTO "campaign_stages" VALUES('7f1fc44928be459ab33331ebe80f69e5','6b8dca93f0404b55a7eb38cf02b7a494','mobilise',1,'动员部署',NULL,NULL,'2026-09-27 23:44:01.444000','bbd25f58f7644374a72bd5cf0dca7891');
INSERT INTO "campaign_stages" VALUES('63ebd50850b84c60afcf7405bae2074c','6b8dca93f0404b55a7eb38cf02b7a494','rectify',2,'集中整治（三个月）',NULL,'2026-12-24','2026-10-03 23:44:01.444000','bbd25f58f7644374a72bd5cf0dca7891');
INSERT INTO "campaign_stages" VALUES('1d5eb8b90263445d8435434a3bb8e252','6b8dca93f0404b55a7eb38cf02b7a494','examples',3,'宣传好典型','2026-12-24',NULL,NULL,NULL);
INSERT INTO "campaign_stages" VALUES('25b5f286d00b4a5f9aa2e9928f1f0b3a','7b68badc8e00439581cb4adc45abe517','mobilise',0,'动员部署',NULL,NULL,'2026-09-29 23:44:01.444000','bbd25f58f7644374a72bd5cf0dca7891');
INSERT INTO "campaign_stages" VALUES('5bccefea14ad49efbafcac043645a767','7b68badc8e00439581cb4adc45abe517','find',1,'查摆剖析',NULL,NULL,'2026-10-05 23:44:01.444000','bbd25f58f7644374a72bd5cf0dca7891');
INSERT INTO "campaign_stages" VALUES('8b73992a938c49a8a18609df04442ba2','7b68badc8e00439581cb4adc45abe517','rectify',2,'集中整改',NULL,NULL,'2026-10-13 23:44:01.444000','bbd25f58f7644374a72bd5cf0dca7891');
INSERT INTO "campaign_stages" VALUES('a9ee899a8d7345c898afcdb09be61512','7b68badc8e00439581cb4adc45abe517','wind-up',3,'总结',NULL,NULL,NULL,NULL);
INSERT INTO "campaign_stages" VALUES('b83f3f75f8344424a25d43d77387d287','b23d08ebb85a40b1bd5dafce944293f9','mobilise',0,'全面部署、深入动员',NULL,NULL,'2026-10-04 23:44:01.444000','bbd25f58f7644374a72bd5cf0dca7891');
INSERT INTO "campaign_stages" VALUES('a5f23cfb21664c339668eb3fed466841','b23d08ebb85a40b1bd5dafce944293f9','ask',1,'征求意见、自查自纠',NULL,NULL,'2026-10-08 23:44:01.444000','bbd25f58f7644374a72bd5cf0dca7891');
INSERT INTO "campaign_stages" VALUES('83ee27963d2d473da84f17c7029654bc','b23d08ebb85a40b1bd5dafce944293f9','mend',2,'反馈意见、整改建制',NULL,NULL,'2026-10-27 23:44:01.444000','bbd25f58f7644374a72bd5cf0dca7891');
INSERT INTO "campaign_stages" VALUES('3e5ef2e7cfc045e79b37ec5040a10c0a','b23d08ebb85a40b1bd5dafce944293f9','score',3,'检查评比、集中统分',NULL,NULL,'2026-11-10 23:44:01.444000','bbd25f58f7644374a72bd5cf0dca7891');
INSERT INTO "campaign_stages" VALUES('5affad1f2d6643b4b781061a10df719c','b23d08ebb85a40b1bd5dafce944293f9','conclude',4,'通报结果、总结表彰',NULL,NULL,NULL,NULL);
CREATE TABLE campaign_theme_units (
	theme_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	role VARCHAR NOT NULL, 
	CONSTRAINT pk_campaign_theme_units PRIMARY KEY (theme_id, unit_id), 
	CONSTRAINT fk_campaign_theme_units_theme_id_campaign_themes FOREIGN KEY(theme_id) REFERENCES campaign_themes (id) ON DELETE CASCADE, 
	CONSTRAINT fk_campaign_theme_units_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id)
);
INSERT INTO "campaign_theme_units" VALUES('1067dd965a5249738c6fc1444f300fbe','9c5d267f50724a4cbd7ad1525c2822ba','lead');
INSERT INTO "campaign_theme_units" VALUES('1067dd965a5249738c6fc1444f300fbe','d6e26e966a9d419e8009a02b3625d473','lead');
INSERT INTO "campaign_theme_units" VALUES('589eda039b2c4a858c27ba798f68f3f6','4295ceb6f9f840d08167b84c9ea5eede','lead');
INSERT INTO "campaign_theme_units" VALUES('589eda039b2c4a858c27ba798f68f3f6','c371a2d5237b4b5fb982ed40f73d3b35','support');
INSERT INTO "campaign_theme_units" VALUES('589eda039b2c4a858c27ba798f68f3f6','6b816ee993d1443a84824bb66c07eb68','support');
INSERT INTO "campaign_theme_units" VALUES('6c21ca94db1a470ebb76ee4552348fff','64f531d56dee4557a38701469f690c30','lead');
INSERT INTO "campaign_theme_units" VALUES('d04fee21cf0b4fd7a15e40728739aaaa','4bf49f563a964b3e8ece13c3eb824880','lead');
INSERT INTO "campaign_theme_units" VALUES('0b83bbefb7b64df2b0de0c9a1663513b','6b816ee993d1443a84824bb66c07eb68','lead');
INSERT INTO "campaign_theme_units" VALUES('0b83bbefb7b64df2b0de0c9a1663513b','f542fb42453a4e57a7494343cda5f755','lead');
INSERT INTO "campaign_theme_units" VALUES('a2cb1ad8c52f4615b957f2f1093b675a','d6e26e966a9d419e8009a02b3625d473','lead');
INSERT INTO "campaign_theme_units" VALUES('a2cb1ad8c52f4615b957f2f1093b675a','4bf49f563a964b3e8ece13c3eb824880','support');
INSERT INTO "campaign_theme_units" VALUES('3aba79e7983e4923bf1b88fa8e1dfc28','4bf49f563a964b3e8ece13c3eb824880','lead');
INSERT INTO "campaign_theme_units" VALUES('eefbfc85a24e4023be54ed20117b800e','d6e26e966a9d419e8009a02b3625d473','lead');
INSERT INTO "campaign_theme_units" VALUES('d08f364e2118467e9eaf27ba0fc030ed','d6e26e966a9d419e8009a02b3625d473','lead');
INSERT INTO "campaign_theme_units" VALUES('cca330adac2645769c4397ae0aab899c','d6e26e966a9d419e8009a02b3625d473','lead');
INSERT INTO "campaign_theme_units" VALUES('3cd480bda29142a2b038caa4acd13381','d6e26e966a9d419e8009a02b3625d473','lead');
INSERT INTO "campaign_theme_units" VALUES('3cd480bda29142a2b038caa4acd13381','64f531d56dee4557a38701469f690c30','support');
INSERT INTO "campaign_theme_units" VALUES('8ac5ce3898bf464bb2c1b7e1b763c742','d6e26e966a9d419e8009a02b3625d473','lead');
CREATE TABLE campaign_themes (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	code VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_campaign_themes PRIMARY KEY (id), 
	CONSTRAINT fk_campaign_themes_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT uq_campaign_themes_campaign_id_code UNIQUE (campaign_id, code)
);
INSERT INTO "campaign_themes" VALUES('1067dd965a5249738c6fc1444f300fbe','6b8dca93f0404b55a7eb38cf02b7a494','style','一项整顿：机关干部作风',0);
INSERT INTO "campaign_themes" VALUES('589eda039b2c4a858c27ba798f68f3f6','6b8dca93f0404b55a7eb38cf02b7a494','civic','人文环境整治',1);
INSERT INTO "campaign_themes" VALUES('6c21ca94db1a470ebb76ee4552348fff','6b8dca93f0404b55a7eb38cf02b7a494','enterprise','企业周边环境整治',2);
INSERT INTO "campaign_themes" VALUES('d04fee21cf0b4fd7a15e40728739aaaa','6b8dca93f0404b55a7eb38cf02b7a494','service','政务服务环境整治',3);
INSERT INTO "campaign_themes" VALUES('0b83bbefb7b64df2b0de0c9a1663513b','6b8dca93f0404b55a7eb38cf02b7a494','city','城市环境和公共服务行业整治',4);
INSERT INTO "campaign_themes" VALUES('a2cb1ad8c52f4615b957f2f1093b675a','7b68badc8e00439581cb4adc45abe517','service-centre','政务服务中心筹建和完善',0);
INSERT INTO "campaign_themes" VALUES('3aba79e7983e4923bf1b88fa8e1dfc28','7b68badc8e00439581cb4adc45abe517','four-ways','四办工作制',1);
INSERT INTO "campaign_themes" VALUES('eefbfc85a24e4023be54ed20117b800e','7b68badc8e00439581cb4adc45abe517','key-posts','重点监督岗位和电子监察',2);
INSERT INTO "campaign_themes" VALUES('d08f364e2118467e9eaf27ba0fc030ed','7b68badc8e00439581cb4adc45abe517','clean-up','审批和收费项目清理',3);
INSERT INTO "campaign_themes" VALUES('4fcfb539258e4b0582b0537b971617e9','7b68badc8e00439581cb4adc45abe517','decoupling','行业协会和中介组织脱钩',4);
INSERT INTO "campaign_themes" VALUES('cca330adac2645769c4397ae0aab899c','7b68badc8e00439581cb4adc45abe517','three-systems','三项制度和公开承诺',5);
INSERT INTO "campaign_themes" VALUES('3cd480bda29142a2b038caa4acd13381','7b68badc8e00439581cb4adc45abe517','hot-issues','群众反映强烈的突出问题',6);
INSERT INTO "campaign_themes" VALUES('8ac5ce3898bf464bb2c1b7e1b763c742','7b68badc8e00439581cb4adc45abe517','office-order','机关办公环境和文明用语',7);
INSERT INTO "campaign_themes" VALUES('f1c060b18f0c483cb2cdc314cf61872f','b23d08ebb85a40b1bd5dafce944293f9','law','依法行政',0);
INSERT INTO "campaign_themes" VALUES('de071eb2d68145d690797c4be68c25d1','b23d08ebb85a40b1bd5dafce944293f9','openness','政务公开',1);
INSERT INTO "campaign_themes" VALUES('da7131302a6d4a3ab5ca6746687462ba','b23d08ebb85a40b1bd5dafce944293f9','approval','行政审批',2);
INSERT INTO "campaign_themes" VALUES('229c83e9212c4b2e9599292b15a670b0','b23d08ebb85a40b1bd5dafce944293f9','service','为民服务',3);
INSERT INTO "campaign_themes" VALUES('546511424321468f96fc6b44fe352f0e','b23d08ebb85a40b1bd5dafce944293f9','efficiency','办事效率',4);
CREATE TABLE campaign_topics (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	theme VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	detail VARCHAR NOT NULL, 
	raised_by VARCHAR NOT NULL, 
	entered_by CHAR(32), 
	at DATETIME NOT NULL, 
	state VARCHAR NOT NULL, 
	reason VARCHAR, 
	decided_by CHAR(32), 
	decided_at DATETIME, 
	CONSTRAINT pk_campaign_topics PRIMARY KEY (id), 
	CONSTRAINT fk_campaign_topics_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_campaign_topics_decided_by_users FOREIGN KEY(decided_by) REFERENCES users (id), 
	CONSTRAINT fk_campaign_topics_entered_by_users FOREIGN KEY(entered_by) REFERENCES users (id)
);
INSERT INTO "campaign_topics" VALUES('4f4cb4b7797541af8f8150e7a6a7fe62','6b8dca93f0404b55a7eb38cf02b7a494','city','出租汽车不打表、议价收费','火车站、市场周边反映集中。','第三调研组','bbd25f58f7644374a72bd5cf0dca7891','2026-09-24 23:44:01.444000','approved',NULL,'e86b8dcef421485a96942f813d1fae22','2026-09-24 23:44:01.444000');
INSERT INTO "campaign_topics" VALUES('7f075aa053f0440b99c11e1ed1fc6e1f','6b8dca93f0404b55a7eb38cf02b7a494','service','政务窗口空岗、无人顶替','','第七调研组','bbd25f58f7644374a72bd5cf0dca7891','2026-09-24 23:44:01.444000','approved',NULL,'e86b8dcef421485a96942f813d1fae22','2026-09-24 23:44:01.444000');
INSERT INTO "campaign_topics" VALUES('670232b78a3d4db68108728f7a2e2ec4','6b8dca93f0404b55a7eb38cf02b7a494','civic','公园早晚高音喇叭扰民','','第九调研组','bbd25f58f7644374a72bd5cf0dca7891','2026-09-24 23:44:01.444000','dropped','由日常执法处理，不列入集中整治。','e86b8dcef421485a96942f813d1fae22','2026-09-24 23:44:01.444000');
INSERT INTO "campaign_topics" VALUES('e933e503f4a8426694e8f5349fb8436f','7b68badc8e00439581cb4adc45abe517','hot-issues','火车站周边占道收费','','群众来信','bbd25f58f7644374a72bd5cf0dca7891','2026-09-29 23:44:01.444000','approved',NULL,'e86b8dcef421485a96942f813d1fae22','2026-09-29 23:44:01.444000');
INSERT INTO "campaign_topics" VALUES('f86f5e61449542e7bedb7955015e4559','6b8dca93f0404b55a7eb38cf02b7a494','enterprise','园区周边占道停车影响货运','','甲市工业和信息化局','bbd25f58f7644374a72bd5cf0dca7891','2026-11-12 23:44:01.444000','raised',NULL,NULL,NULL);
INSERT INTO "campaign_topics" VALUES('07fc2162ee0c4de68f3d5b8fe0d405ba','7b68badc8e00439581cb4adc45abe517','hot-issues','园区周边夜间治安','','甲市工业和信息化局','bbd25f58f7644374a72bd5cf0dca7891','2026-11-12 23:44:01.444000','raised',NULL,NULL,NULL);
CREATE TABLE campaigns (
	id CHAR(32) NOT NULL, 
	name VARCHAR NOT NULL, 
	legal_basis VARCHAR NOT NULL, 
	plan_name VARCHAR, 
	plan_sha256 VARCHAR, 
	starts_on DATE NOT NULL, 
	ends_on DATE NOT NULL, 
	rides JSON, 
	publication_delay_days INTEGER NOT NULL, 
	publication_group INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_campaigns PRIMARY KEY (id)
);
INSERT INTO "campaigns" VALUES('6b8dca93f0404b55a7eb38cf02b7a494','甲市机关作风整顿和四项专项整治','《政府督查工作条例》（国务院令第733号）第十一条、第十二条、第十五条：经甲市人民政府批准开展督查，可以采取暗访方式，并事先制定督查方案、控制频次； 《中华人民共和国个人信息保护法》第十三条、第三十四条：在履行法定职责所必需的范围和限度内处理个人信息。 批准文件：甲市人民政府关于开展机关作风整顿和四项专项整治暗访工作的批复（示范文本）。','甲市暗访工作方案（示范文本）.txt','b4ba47c2e568414011e148abc3828c43c5985950edcab45ca6db21aa61e35279','2026-09-24','2026-12-25','{"tariffs": [{"kind": "taxi", "name": "\u5de1\u6e38\u51fa\u79df\u6c7d\u8f66\uff08\u793a\u8303\u8fd0\u4ef7\uff09", "flag_fen": 800, "flag_m": 2000, "unit_m": 500, "surcharge_fen": 0, "round_fen": 100, "steps": [{"from_m": 2000, "fen_per_km": 200}, {"from_m": 8000, "fen_per_km": 300}], "night": {"from": "22:00", "to": "06:00", "flag_fen": 1000, "permille": 200}}, {"kind": "bus", "name": "\u57ce\u5e02\u516c\u4ea4\uff08\u4e00\u7968\u5236\uff09", "flag_fen": 200, "flag_m": 0, "unit_m": 1000, "surcharge_fen": 0, "round_fen": 1, "steps": [], "night": null}]}',0,5,'running','2026-09-23 23:44:01.444000',5);
INSERT INTO "campaigns" VALUES('7b68badc8e00439581cb4adc45abe517','甲市落实首问负责、限时办结、责任追究三项制度','《政府督查工作条例》（国务院令第733号）第十一条、第十五条：经甲市人民政府批准，对三项制度落实情况开展督查。 批准文件：甲市人民政府关于落实三项制度的通知（示范文本）。','甲市三项制度督查方案（示范文本）.txt','696e1b52509b7ad2453cd17e5af2ed5bf7aeba45303ccc40d1077b5bef8f96c8','2026-09-29','2027-04-17',NULL,0,5,'running','2026-09-28 23:44:01.444000',5);
INSERT INTO "campaigns" VALUES('b23d08ebb85a40b1bd5dafce944293f9','甲市建设系统民主评议政风行风','《政府督查工作条例》（国务院令第733号）第十一条、第十五条：经甲市人民政府批准，对建设系统政风行风开展民主评议。 批准文件：甲市人民政府关于开展民主评议的通知（示范文本）。','甲市建设系统民主评议方案（示范文本）.txt','684e5e886ccb0e7c574816bd18d01eb48a7ac7d0625d2e455e897543033b05dc','2026-10-04','2027-01-22',NULL,0,5,'running','2026-10-03 23:44:01.444000',5);
CREATE TABLE case_bulletins (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	title VARCHAR NOT NULL, 
	from_day DATE NOT NULL, 
	to_day DATE NOT NULL, 
	problems JSON NOT NULL, 
	achievements JSON NOT NULL, 
	problems_percent INTEGER NOT NULL, 
	by_user CHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_case_bulletins PRIMARY KEY (id), 
	CONSTRAINT fk_case_bulletins_by_user_users FOREIGN KEY(by_user) REFERENCES users (id), 
	CONSTRAINT fk_case_bulletins_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id)
);
CREATE TABLE case_findings (
	case_id CHAR(32) NOT NULL, 
	finding_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_case_findings PRIMARY KEY (case_id, finding_id), 
	CONSTRAINT fk_case_findings_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_case_findings_finding_id_findings FOREIGN KEY(finding_id) REFERENCES findings (id), 
	CONSTRAINT uq_case_findings_finding_id UNIQUE (finding_id)
);
INSERT INTO "case_findings" VALUES('91adbb9c04084c7b9ce6d016a5118e4e','7af1d948687443d19a799e22f4b25674');
INSERT INTO "case_findings" VALUES('91adbb9c04084c7b9ce6d016a5118e4e','77d85dfdba7d4ce5bac221903e35e60e');
INSERT INTO "case_findings" VALUES('91adbb9c04084c7b9ce6d016a5118e4e','16cb7fdc4cc149779497fde3ae2db3a1');
CREATE TABLE case_recurrences (
	case_id CHAR(32) NOT NULL, 
	earlier_id CHAR(32) NOT NULL, 
	item VARCHAR NOT NULL, 
	CONSTRAINT pk_case_recurrences PRIMARY KEY (case_id, earlier_id, item), 
	CONSTRAINT fk_case_recurrences_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_case_recurrences_earlier_id_cases FOREIGN KEY(earlier_id) REFERENCES cases (id)
);
CREATE TABLE case_requests (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	working_days INTEGER, 
	unit_ids JSON NOT NULL, 
	asked_by CHAR(32) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	state VARCHAR NOT NULL, 
	decided_by CHAR(32), 
	decided_at DATETIME, 
	note VARCHAR NOT NULL, 
	CONSTRAINT pk_case_requests PRIMARY KEY (id), 
	CONSTRAINT ck_case_requests_working_days CHECK ((kind = 'extension') = (working_days IS NOT NULL)), 
	CONSTRAINT ck_case_requests_decided_with_note CHECK ((state = 'open') = (decided_by IS NULL) AND (state = 'open') = (decided_at IS NULL) AND (state = 'open' OR length(trim(note)) > 0)), 
	CONSTRAINT ck_case_requests_kind CHECK (kind IN ('extension', 'pause', 'coordination', 'escalation', 'bounce', 'explanation')), 
	CONSTRAINT ck_case_requests_state CHECK (state IN ('open', 'granted', 'refused')), 
	CONSTRAINT ck_case_requests_second_person CHECK (decided_by IS NULL OR decided_by <> asked_by), 
	CONSTRAINT ck_case_requests_reason CHECK (length(trim(reason)) > 0), 
	CONSTRAINT fk_case_requests_asked_by_users FOREIGN KEY(asked_by) REFERENCES users (id), 
	CONSTRAINT fk_case_requests_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_case_requests_decided_by_users FOREIGN KEY(decided_by) REFERENCES users (id)
);
INSERT INTO "case_requests" VALUES('12459565856f4a578f6c542bef2a1938','2a95e8f87577460d843475b8e8e1afc0','extension','登记系统改造需再用五个工作日。',5,'[]','a8bf5f539a9840e58f139d22cf32ce70','2026-11-18 23:44:01.444000','2026-11-23 10:00:00.000000','open',NULL,NULL,'');
CREATE TABLE case_revisits (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	asked_by CHAR(32) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	matches BOOLEAN, 
	text VARCHAR NOT NULL, 
	looked_by CHAR(32), 
	looked_at DATETIME, 
	CONSTRAINT pk_case_revisits PRIMARY KEY (id), 
	CONSTRAINT ck_case_revisits_looked CHECK ((matches IS NULL) = (looked_at IS NULL) AND (matches IS NULL) = (looked_by IS NULL)), 
	CONSTRAINT ck_case_revisits_says_something CHECK (matches IS NULL OR length(trim(text)) > 0), 
	CONSTRAINT fk_case_revisits_asked_by_users FOREIGN KEY(asked_by) REFERENCES users (id), 
	CONSTRAINT fk_case_revisits_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_case_revisits_looked_by_users FOREIGN KEY(looked_by) REFERENCES users (id)
);
CREATE TABLE case_serials (
	year INTEGER NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_case_serials PRIMARY KEY (year)
);
INSERT INTO "case_serials" VALUES(2026,5);
CREATE TABLE case_shares (
	case_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	degree VARCHAR NOT NULL, 
	duty VARCHAR NOT NULL, 
	CONSTRAINT pk_case_shares PRIMARY KEY (case_id, unit_id), 
	CONSTRAINT ck_case_shares_degree CHECK (degree IN ('primary', 'secondary', 'unresolved')), 
	CONSTRAINT fk_case_shares_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_case_shares_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id)
);
CREATE TABLE case_statements (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	by_user CHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	origin_id CHAR(32), 
	CONSTRAINT pk_case_statements PRIMARY KEY (id), 
	CONSTRAINT ck_case_statements_kind CHECK (kind IN ('defence', 'rectification', 'reminder', 'insufficient', 'reply', 'raiser_reply')), 
	CONSTRAINT ck_case_statements_says_something CHECK (length(trim(text)) > 0), 
	CONSTRAINT fk_case_statements_by_user_users FOREIGN KEY(by_user) REFERENCES users (id), 
	CONSTRAINT fk_case_statements_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_case_statements_origin_id_case_statements FOREIGN KEY(origin_id) REFERENCES case_statements (id), 
	CONSTRAINT fk_case_statements_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id)
);
INSERT INTO "case_statements" VALUES('c83b5bf696d44fc08afeb568e41fd583','2a95e8f87577460d843475b8e8e1afc0','defence','我局自查自报，愿意限期整改。','a8bf5f539a9840e58f139d22cf32ce70','2026-11-07 23:44:01.444000','d8239d0decb4f2d135393d36db461b959a953c76f482f6f37b42e1f0c03a506a','f542fb42453a4e57a7494343cda5f755',NULL);
INSERT INTO "case_statements" VALUES('ff50e48ccc3547a3acbfc1795f9c99f6','91adbb9c04084c7b9ce6d016a5118e4e','defence','情况属实。当日该窗口人员临时参加业务培训，未按规定安排B岗顶替。我单位无异议。','344feccba8db46ab9a8f7e5d6c685233','2026-11-14 02:44:00.000000','0cfd2b43659656e01a14fe5855d7180d86773e92b3bd6980b84bd22db851ccfa','4bf49f563a964b3e8ece13c3eb824880',NULL);
INSERT INTO "case_statements" VALUES('ded05dd3ab2c40cc9817bda1b98ad514','91adbb9c04084c7b9ce6d016a5118e4e','rectification','已重新排定AB岗并在窗口公示；安排值班长每小时巡岗一次；对首问责任制组织了全员培训。','344feccba8db46ab9a8f7e5d6c685233','2026-11-15 02:44:00.000000','025731257fb6766b681b4638fa2a4cefb9d403918d9d96408da81617371b8290','4bf49f563a964b3e8ece13c3eb824880',NULL);
CREATE TABLE case_steps (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	unit_id CHAR(32), 
	user_id CHAR(32), 
	began_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT pk_case_steps PRIMARY KEY (id), 
	CONSTRAINT ck_case_steps_kind CHECK (kind IN ('unit', 'office', 'paused')), 
	CONSTRAINT ck_case_steps_one_holder CHECK ((unit_id IS NULL) <> (user_id IS NULL)), 
	CONSTRAINT fk_case_steps_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_case_steps_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT fk_case_steps_user_id_users FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "case_steps" VALUES('84d6f62f810f412c9ff8106315b5e562','827e8aace0e14c38a876f1f71976959b','unit','6b816ee993d1443a84824bb66c07eb68',NULL,'2026-11-02 23:44:01.444000',NULL);
INSERT INTO "case_steps" VALUES('e710bac588494000acfda03fe2c9e67e','2a95e8f87577460d843475b8e8e1afc0','unit','f542fb42453a4e57a7494343cda5f755',NULL,'2026-11-06 23:44:01.444000',NULL);
INSERT INTO "case_steps" VALUES('530b289d582842839183443721a4a66f','91adbb9c04084c7b9ce6d016a5118e4e','unit','4bf49f563a964b3e8ece13c3eb824880',NULL,'2026-11-13 02:44:00.000000','2026-11-15 02:44:00.000000');
INSERT INTO "case_steps" VALUES('16ff701218504b00a13db5844f918626','91adbb9c04084c7b9ce6d016a5118e4e','office',NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-11-15 02:44:00.000000',NULL);
INSERT INTO "case_steps" VALUES('5f4aa249b4284c9285a12a2c3af5008d','e235c73dc01849b2b107d18255230d89','unit','e045ff7c751a437ab4bdb89ae716288b',NULL,'2026-11-15 23:44:01.444000',NULL);
INSERT INTO "case_steps" VALUES('2a5f1c6d1c6e456cb1f067cb5fd8ce5f','0de052cd4aab44fcaaeb7ab7566475e0','unit','f542fb42453a4e57a7494343cda5f755',NULL,'2026-11-17 23:44:01.444000',NULL);
CREATE TABLE case_tasks (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	parent_id CHAR(32), 
	position INTEGER NOT NULL, 
	level VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	holder VARCHAR NOT NULL, 
	due_at DATETIME, 
	result VARCHAR NOT NULL, 
	watched_by VARCHAR NOT NULL, 
	accountability VARCHAR NOT NULL, 
	leaf BOOLEAN NOT NULL, 
	state VARCHAR NOT NULL, 
	proof VARCHAR NOT NULL, 
	ended_by CHAR(32), 
	ended_at DATETIME, 
	CONSTRAINT pk_case_tasks PRIMARY KEY (id), 
	CONSTRAINT ck_case_tasks_ended CHECK ((state = 'open') = (ended_at IS NULL) AND (state = 'open') = (ended_by IS NULL)), 
	CONSTRAINT ck_case_tasks_level CHECK (level IN ('unit', 'project', 'post', 'person')), 
	CONSTRAINT ck_case_tasks_done_with_proof CHECK (state <> 'done' OR length(trim(proof)) > 0), 
	CONSTRAINT ck_case_tasks_state CHECK (state IN ('open', 'done', 'dropped')), 
	CONSTRAINT fk_case_tasks_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_case_tasks_ended_by_users FOREIGN KEY(ended_by) REFERENCES users (id), 
	CONSTRAINT fk_case_tasks_parent_id_case_tasks FOREIGN KEY(parent_id) REFERENCES case_tasks (id), 
	CONSTRAINT fk_case_tasks_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id)
);
CREATE TABLE cases (
	id CHAR(32) NOT NULL, 
	number VARCHAR NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	owner_id CHAR(32) NOT NULL, 
	theme_id CHAR(32), 
	rulebook_version_id CHAR(32), 
	source VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	summary VARCHAR NOT NULL, 
	class VARCHAR NOT NULL, 
	public_explanation VARCHAR NOT NULL, 
	responsible VARCHAR NOT NULL, 
	raised_by VARCHAR NOT NULL, 
	topic VARCHAR NOT NULL, 
	channel VARCHAR NOT NULL, 
	horizon VARCHAR NOT NULL, 
	key_item BOOLEAN NOT NULL, 
	fast_track BOOLEAN NOT NULL, 
	effort INTEGER NOT NULL, 
	gravity INTEGER NOT NULL, 
	fields JSON NOT NULL, 
	recurring BOOLEAN NOT NULL, 
	outcome VARCHAR, 
	outcome_text VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	opened_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	defence_until DATETIME NOT NULL, 
	defence_from DATETIME NOT NULL, 
	moved_at DATETIME NOT NULL, 
	reminded_at DATETIME, 
	closed_at DATETIME, 
	reply_sha256 VARCHAR, 
	raiser_reply_sha256 VARCHAR, 
	merged_into_id CHAR(32), 
	split_from_id CHAR(32), 
	referred_at DATETIME, 
	referred_to VARCHAR, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_cases PRIMARY KEY (id), 
	CONSTRAINT ck_cases_closed_at CHECK ((state = 'closed') = (closed_at IS NOT NULL)), 
	CONSTRAINT ck_cases_closed_needs_reply CHECK ((state = 'closed') = (reply_sha256 IS NOT NULL)), 
	CONSTRAINT ck_cases_merged CHECK ((state = 'merged') = (merged_into_id IS NOT NULL)), 
	CONSTRAINT ck_cases_referred CHECK ((state = 'referred') = (referred_at IS NOT NULL)), 
	CONSTRAINT ck_cases_step_by_step_needs_explanation CHECK (class <> 'step_by_step' OR length(trim(public_explanation)) > 0), 
	CONSTRAINT ck_cases_class CHECK (class IN ('at_once', 'by_date', 'step_by_step')), 
	CONSTRAINT ck_cases_horizon CHECK (horizon IN ('short', 'long')), 
	CONSTRAINT ck_cases_outcome CHECK (outcome IS NULL OR outcome IN ('pointed_out', 'circulated', 'handled')), 
	CONSTRAINT ck_cases_source CHECK (source IN ('visit', 'complaint', 'clue', 'superior', 'self_reported', 'media')), 
	CONSTRAINT ck_cases_closed_needs_raiser_reply CHECK (state <> 'closed' OR source IN ('visit', 'self_reported') OR raiser_reply_sha256 IS NOT NULL), 
	CONSTRAINT ck_cases_state CHECK (state IN ('open', 'answered', 'paused', 'rectified', 'closed', 'merged', 'referred')), 
	CONSTRAINT ck_cases_deadlines_ahead CHECK (due_at > opened_at AND defence_until > opened_at), 
	CONSTRAINT ck_cases_sort_keys CHECK (effort BETWEEN 1 AND 3 AND gravity BETWEEN 1 AND 3), 
	CONSTRAINT fk_cases_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_cases_merged_into_id_cases FOREIGN KEY(merged_into_id) REFERENCES cases (id), 
	CONSTRAINT fk_cases_owner_id_users FOREIGN KEY(owner_id) REFERENCES users (id), 
	CONSTRAINT fk_cases_rulebook_version_id_rulebook_versions FOREIGN KEY(rulebook_version_id) REFERENCES rulebook_versions (id), 
	CONSTRAINT fk_cases_split_from_id_cases FOREIGN KEY(split_from_id) REFERENCES cases (id), 
	CONSTRAINT fk_cases_theme_id_campaign_themes FOREIGN KEY(theme_id) REFERENCES campaign_themes (id), 
	CONSTRAINT fk_cases_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_cases_number UNIQUE (number)
);
INSERT INTO "cases" VALUES('827e8aace0e14c38a876f1f71976959b','2026-0001','6b8dca93f0404b55a7eb38cf02b7a494','6b816ee993d1443a84824bb66c07eb68','bbd25f58f7644374a72bd5cf0dca7891',NULL,'96ab72c5a3404ac78dfe9b71d8aacf8e','superior','示范农贸市场周边垃圾清运不及时','上级督查反馈：早市后垃圾堆放超过两小时。','at_once','','环境卫生管理所','','','','short',1,0,2,2,'{}',0,NULL,'','open','2026-11-02 23:44:01.444000','2026-11-06 10:00:00.000000','2026-11-10 10:00:00.000000','2026-11-02 23:44:01.444000','2026-11-02 23:44:01.444000',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO "cases" VALUES('2a95e8f87577460d843475b8e8e1afc0','2026-0002','6b8dca93f0404b55a7eb38cf02b7a494','f542fb42453a4e57a7494343cda5f755','bbd25f58f7644374a72bd5cf0dca7891','0b83bbefb7b64df2b0de0c9a1663513b','96ab72c5a3404ac78dfe9b71d8aacf8e','self_reported','自查发现窗口首问责任未落实','自查中发现证件窗口未登记首问情况，已要求改正。','by_date','','综合科负责人','','','','short',0,0,2,2,'{}',0,NULL,'','answered','2026-11-06 23:44:01.444000','2026-11-20 10:00:00.000000','2026-11-13 10:00:00.000000','2026-11-06 23:44:01.444000','2026-11-18 23:44:01.444000',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,3);
INSERT INTO "cases" VALUES('91adbb9c04084c7b9ce6d016a5118e4e','2026-0003','6b8dca93f0404b55a7eb38cf02b7a494','4bf49f563a964b3e8ece13c3eb824880','bbd25f58f7644374a72bd5cf0dca7891','d04fee21cf0b4fd7a15e40728739aaaa','96ab72c5a3404ac78dfe9b71d8aacf8e','visit','服务大厅窗口空岗','工作时间7号窗口无人在岗，未落实AB岗和首问责任，群众等候三十分钟以上。','by_date','','服务大厅负责人','','','','short',0,0,2,2,'{"remedy": "\u91cd\u65b0\u6392\u5b9aAB\u5c97\u5e76\u5728\u7a97\u53e3\u516c\u793a\uff0c\u503c\u73ed\u957f\u6bcf\u5c0f\u65f6\u5de1\u5c97\u4e00\u6b21\u3002", "inquiry": "\u7ecf\u6838\u5b9e\uff0c\u5f53\u65e5\u7a97\u53e3\u4eba\u5458\u53c2\u52a0\u57f9\u8bad\uff0c\u672a\u5b89\u6392B\u5c97\u9876\u66ff\u3002", "lesson": "\u5bf9\u7a97\u53e3\u8d1f\u8d23\u4eba\u6279\u8bc4\u6559\u80b2\uff0c\u7ec4\u7ec7\u9996\u95ee\u8d23\u4efb\u5236\u5168\u5458\u57f9\u8bad\u3002"}',0,NULL,'','rectified','2026-11-13 02:44:00.000000','2026-11-27 10:00:00.000000','2026-11-20 10:00:00.000000','2026-11-13 02:44:00.000000','2026-11-19 23:44:01.444000',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,5);
INSERT INTO "cases" VALUES('e235c73dc01849b2b107d18255230d89','2026-0004','b23d08ebb85a40b1bd5dafce944293f9','e045ff7c751a437ab4bdb89ae716288b','bbd25f58f7644374a72bd5cf0dca7891',NULL,'b850b318c50c42a897b2be71b01bc1d9','superior','第一次民主评议：评议排名落后','民主评议政风行风（2026-10-04—2026-11-14）','by_date','','','民主评议政风行风','','','short',0,0,2,2,'{}',0,NULL,'','open','2026-11-15 23:44:01.444000','2026-11-30 10:00:00.000000','2026-11-23 10:00:00.000000','2026-11-15 23:44:01.444000','2026-11-15 23:44:01.444000',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO "cases" VALUES('0de052cd4aab44fcaaeb7ab7566475e0','2026-0005','7b68badc8e00439581cb4adc45abe517','f542fb42453a4e57a7494343cda5f755','bbd25f58f7644374a72bd5cf0dca7891',NULL,'47dddaf42f4f4ac2beb2cd1f49bb09bd','clue','审批超时：道路运输经营许可（示范-001）','2026-10-14 受理，承诺 2026-10-21 办结，法定 2026-10-28 办结；卡在“审核”环节（审核岗）。','at_once','','审核岗','','','','short',0,0,2,2,'{}',0,NULL,'','open','2026-11-17 23:44:01.444000','2026-11-23 10:00:00.000000','2026-11-25 10:00:00.000000','2026-11-17 23:44:01.444000','2026-11-17 23:44:01.444000',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1);
CREATE TABLE chain_links (
	link_sha256 VARCHAR NOT NULL, 
	device_id CHAR(32) NOT NULL, 
	seq INTEGER NOT NULL, 
	prev VARCHAR, 
	certificate_sha256 VARCHAR NOT NULL, 
	link VARCHAR NOT NULL, 
	received_at DATETIME NOT NULL, 
	CONSTRAINT pk_chain_links PRIMARY KEY (link_sha256), 
	CONSTRAINT fk_chain_links_device_id_devices FOREIGN KEY(device_id) REFERENCES devices (id)
);
INSERT INTO "chain_links" VALUES('cdc41b012157407e6038e1ec6049a7e1f084352e23c31d1276449a8ecc3ab887','f47da8efaecf4effb965f776bd501c47',0,NULL,'78655094a04c87b72416f7643411cb565ad226741713d38acdbc4e0beba69557','eyJhbGciOiJFUzI1NiIsImtpZCI6ImY0N2RhOGVmLWFlY2YtNGVmZi1iOTY1LWY3NzZiZDUwMWM0NyIsInR5cCI6ImRldmljZS1jaGFpbitqd3QifQ.eyJjZXJ0aWZpY2F0ZV9zaGEyNTYiOiI3ODY1NTA5NGEwNGM4N2I3MjQxNmY3NjQzNDExY2I1NjVhZDIyNjc0MTcxM2QzOGFjZGJjNGUwYmViYTY5NTU3IiwicHJldiI6bnVsbCwic2VxIjowfQ.TV8XdsmVDpHHeOEb8HhuLUpdeUnIas_ffwLicuoOVUw_RDwaItxeDWqkynLLZAtixDuM6aTPZfeQ72O0bFbKDQ','2026-10-14 02:55:00.000000');
INSERT INTO "chain_links" VALUES('fa095c4672a89c5767ed35445fbb570267b6efc1316850a03f97913c39574bc7','56cc77c06b5a4465b5ebdf30ebc5a8a5',0,NULL,'9eb7bd68deceb797e8e1c631423de6445bec9d257d02c62e4e098b7debf34234','eyJhbGciOiJFUzI1NiIsImtpZCI6IjU2Y2M3N2MwLTZiNWEtNDQ2NS1iNWViLWRmMzBlYmM1YThhNSIsInR5cCI6ImRldmljZS1jaGFpbitqd3QifQ.eyJjZXJ0aWZpY2F0ZV9zaGEyNTYiOiI5ZWI3YmQ2OGRlY2ViNzk3ZThlMWM2MzE0MjNkZTY0NDViZWM5ZDI1N2QwMmM2MmU0ZTA5OGI3ZGViZjM0MjM0IiwicHJldiI6bnVsbCwic2VxIjowfQ.JYi0ACCHVgpynDVSYbsZK7g0CqJxKZ7Ffq8n5V-ZeC3oHZWtlea1fxtkMao9xDVjGQ9Hg08OxkxEzo-w7KPF2g','2026-10-15 08:05:00.000000');
INSERT INTO "chain_links" VALUES('0b7454672a5f3070a949bce183aec13b048b039831da41e573589d1f5c0f92bd','932366ce8568466ca20ee8ac83541cf9',0,NULL,'ae4a14e0a8005e8a8b8754fe051cee1af7c1646e3e7c5abc97bf19de91d335b5','eyJhbGciOiJFUzI1NiIsImtpZCI6IjkzMjM2NmNlLTg1NjgtNDY2Yy1hMjBlLWU4YWM4MzU0MWNmOSIsInR5cCI6ImRldmljZS1jaGFpbitqd3QifQ.eyJjZXJ0aWZpY2F0ZV9zaGEyNTYiOiJhZTRhMTRlMGE4MDA1ZThhOGI4NzU0ZmUwNTFjZWUxYWY3YzE2NDZlM2U3YzVhYmM5N2JmMTlkZTkxZDMzNWI1IiwicHJldiI6bnVsbCwic2VxIjowfQ.igXKlFTPXDF9MFxjcnoQKAGq9zQA_Py5gdBFlShUGJN1Y8-bAUMioPvy2mfjoUDo4TP3c2-CAXWqG1fULrzDgg','2026-10-17 02:48:00.000000');
INSERT INTO "chain_links" VALUES('fc7aaaaa1a8982026740d75257972c181ede8a72cfb63af9d4e2688982e60e05','f47da8efaecf4effb965f776bd501c47',1,'cdc41b012157407e6038e1ec6049a7e1f084352e23c31d1276449a8ecc3ab887','aebe92db4e2b7ddc39028ed6a68c8423087310f2f3a43bff4ad2a03622ff5c19','eyJhbGciOiJFUzI1NiIsImtpZCI6ImY0N2RhOGVmLWFlY2YtNGVmZi1iOTY1LWY3NzZiZDUwMWM0NyIsInR5cCI6ImRldmljZS1jaGFpbitqd3QifQ.eyJjZXJ0aWZpY2F0ZV9zaGEyNTYiOiJhZWJlOTJkYjRlMmI3ZGRjMzkwMjhlZDZhNjhjODQyMzA4NzMxMGYyZjNhNDNiZmY0YWQyYTAzNjIyZmY1YzE5IiwicHJldiI6ImNkYzQxYjAxMjE1NzQwN2U2MDM4ZTFlYzYwNDlhN2UxZjA4NDM1MmUyM2MzMWQxMjc2NDQ5YThlY2MzYWI4ODciLCJzZXEiOjF9.TNjcpRXlX-rPLKGYCLkTB2E36NFF7DBBbczNKVmdcUhdpTfGBqUWYDQxqTPuibhFCS42PkVph6CRYivYBw0-FQ','2026-10-18 07:29:00.000000');
INSERT INTO "chain_links" VALUES('5ef0bac749290fda9ab20ba4e29e1513c21f0af9d5d1954536cf76f4e13248ea','56cc77c06b5a4465b5ebdf30ebc5a8a5',1,'fa095c4672a89c5767ed35445fbb570267b6efc1316850a03f97913c39574bc7','5a04148305a960f34c70d4ed19377c1bfca13e559468d5efdf6e37438fcf1b3b','eyJhbGciOiJFUzI1NiIsImtpZCI6IjU2Y2M3N2MwLTZiNWEtNDQ2NS1iNWViLWRmMzBlYmM1YThhNSIsInR5cCI6ImRldmljZS1jaGFpbitqd3QifQ.eyJjZXJ0aWZpY2F0ZV9zaGEyNTYiOiI1YTA0MTQ4MzA1YTk2MGYzNGM3MGQ0ZWQxOTM3N2MxYmZjYTEzZTU1OTQ2OGQ1ZWZkZjZlMzc0MzhmY2YxYjNiIiwicHJldiI6ImZhMDk1YzQ2NzJhODljNTc2N2VkMzU0NDVmYmI1NzAyNjdiNmVmYzEzMTY4NTBhMDNmOTc5MTNjMzk1NzRiYzciLCJzZXEiOjF9.N2Sp7ZsV-kKRv6Aanm5BRTpQdopyawbI-xcaBxl4LNEb85HOXTjwdyASCw08QM8E8A3Rd-iKUglAq6BdRZztpg','2026-10-20 04:23:00.000000');
INSERT INTO "chain_links" VALUES('d3bbb107415c2b5b24f5442b70f2051cae5b2040bcab27b853cf0fd69a9533be','932366ce8568466ca20ee8ac83541cf9',1,'0b7454672a5f3070a949bce183aec13b048b039831da41e573589d1f5c0f92bd','b81f227a2dcef586399ef4ab1c49f3c7d42bab9a3d24bb067b9bea596c9ed565','eyJhbGciOiJFUzI1NiIsImtpZCI6IjkzMjM2NmNlLTg1NjgtNDY2Yy1hMjBlLWU4YWM4MzU0MWNmOSIsInR5cCI6ImRldmljZS1jaGFpbitqd3QifQ.eyJjZXJ0aWZpY2F0ZV9zaGEyNTYiOiJiODFmMjI3YTJkY2VmNTg2Mzk5ZWY0YWIxYzQ5ZjNjN2Q0MmJhYjlhM2QyNGJiMDY3YjliZWE1OTZjOWVkNTY1IiwicHJldiI6IjBiNzQ1NDY3MmE1ZjMwNzBhOTQ5YmNlMTgzYWVjMTNiMDQ4YjAzOTgzMWRhNDFlNTczNTg5ZDFmNWMwZjkyYmQiLCJzZXEiOjF9.C6la15F-Fsa0lXw5f4_68Dh3oPzrubKB4VavuDJYXnJSxL2DThf9kzHz6fyMXeaCoaCM3yxOBDlx0PVb_-ED_A','2026-10-21 08:56:00.000000');
INSERT INTO "chain_links" VALUES('de0b49ec44c233b8fb127047ca548d5b82ac31cbd54cce06213d103ca6e58f37','f47da8efaecf4effb965f776bd501c47',2,'fc7aaaaa1a8982026740d75257972c181ede8a72cfb63af9d4e2688982e60e05','fa36290af9c85791c57efd9c940023f27041443162ca4230b98c122f7981181e','eyJhbGciOiJFUzI1NiIsImtpZCI6ImY0N2RhOGVmLWFlY2YtNGVmZi1iOTY1LWY3NzZiZDUwMWM0NyIsInR5cCI6ImRldmljZS1jaGFpbitqd3QifQ.eyJjZXJ0aWZpY2F0ZV9zaGEyNTYiOiJmYTM2MjkwYWY5Yzg1NzkxYzU3ZWZkOWM5NDAwMjNmMjcwNDE0NDMxNjJjYTQyMzBiOThjMTIyZjc5ODExODFlIiwicHJldiI6ImZjN2FhYWFhMWE4OTgyMDI2NzQwZDc1MjU3OTcyYzE4MWVkZThhNzJjZmI2M2FmOWQ0ZTI2ODg5ODJlNjBlMDUiLCJzZXEiOjJ9.tFq_sqPo5-NXm0AMsKWLsebYu-1gw0sWtzdgc8U_pCOWwrbOBff1RzCEOsei682EdL_3SYDCZspjq2aYBAf0mg','2026-10-23 02:26:00.000000');
INSERT INTO "chain_links" VALUES('55b854ca8178af6eed08288a1ea41c940ee96a3d0f94c23d373da1bddf22a9f9','56cc77c06b5a4465b5ebdf30ebc5a8a5',2,'5ef0bac749290fda9ab20ba4e29e1513c21f0af9d5d1954536cf76f4e13248ea','93c2c99c9904c2922016c52705f14f3ca3ebf67ac746ce3208b3cf5644929ba7','eyJhbGciOiJFUzI1NiIsImtpZCI6IjU2Y2M3N2MwLTZiNWEtNDQ2NS1iNWViLWRmMzBlYmM1YThhNSIsInR5cCI6ImRldmljZS1jaGFpbitqd3QifQ.eyJjZXJ0aWZpY2F0ZV9zaGEyNTYiOiI5M2MyYzk5Yzk5MDRjMjkyMjAxNmM1MjcwNWYxNGYzY2EzZWJmNjdhYzc0NmNlMzIwOGIzY2Y1NjQ0OTI5YmE3IiwicHJldiI6IjVlZjBiYWM3NDkyOTBmZGE5YWIyMGJhNGUyOWUxNTEzYzIxZjBhZjlkNWQxOTU0NTM2Y2Y3NmY0ZTEzMjQ4ZWEiLCJzZXEiOjJ9.pZ-qNHDt4m8EUj3Let2Rnt5QXeqeDD1GhDEmpzxSPv6MrX9JAQRCtrwPEh8BxX6OaHEew1JxAmIwyfY-7xdE1g','2026-10-24 07:03:00.000000');
INSERT INTO "chain_links" VALUES('d179f4b906ea9a7b730381c04003b54435f296915ffeace0a3590081a9340084','56cc77c06b5a4465b5ebdf30ebc5a8a5',3,'55b854ca8178af6eed08288a1ea41c940ee96a3d0f94c23d373da1bddf22a9f9','c5bb765a333f98ad38adb2de61abc8d8ff2ecd55895566c6b6d9f510b671e15d','eyJhbGciOiJFUzI1NiIsImtpZCI6IjU2Y2M3N2MwLTZiNWEtNDQ2NS1iNWViLWRmMzBlYmM1YThhNSIsInR5cCI6ImRldmljZS1jaGFpbitqd3QifQ.eyJjZXJ0aWZpY2F0ZV9zaGEyNTYiOiJjNWJiNzY1YTMzM2Y5OGFkMzhhZGIyZGU2MWFiYzhkOGZmMmVjZDU1ODk1NTY2YzZiNmQ5ZjUxMGI2NzFlMTVkIiwicHJldiI6IjU1Yjg1NGNhODE3OGFmNmVlZDA4Mjg4YTFlYTQxYzk0MGVlOTZhM2QwZjk0YzIzZDM3M2RhMWJkZGYyMmE5ZjkiLCJzZXEiOjN9.IF7xBYqBnXeAiv-cULdvMHM6EXTUWWe5_FVA4s-wykQYqcNVREq1D2_wuwDxC2vmGOTVN5h7IMDWINpuy-O0rQ','2026-11-11 02:04:00.000000');
INSERT INTO "chain_links" VALUES('12592d2bf42f91f8c4643833a0ca920117ea96dab77e75bb5940e84a123bc6fd','932366ce8568466ca20ee8ac83541cf9',2,'d3bbb107415c2b5b24f5442b70f2051cae5b2040bcab27b853cf0fd69a9533be','2ac2cd8af50bc9a3fab0cac8c56fd172bf145d90beaff05bf86bd2b17d59869b','eyJhbGciOiJFUzI1NiIsImtpZCI6IjkzMjM2NmNlLTg1NjgtNDY2Yy1hMjBlLWU4YWM4MzU0MWNmOSIsInR5cCI6ImRldmljZS1jaGFpbitqd3QifQ.eyJjZXJ0aWZpY2F0ZV9zaGEyNTYiOiIyYWMyY2Q4YWY1MGJjOWEzZmFiMGNhYzhjNTZmZDE3MmJmMTQ1ZDkwYmVhZmYwNWJmODZiZDJiMTdkNTk4NjliIiwicHJldiI6ImQzYmJiMTA3NDE1YzJiNWIyNGY1NDQyYjcwZjIwNTFjYWU1YjIwNDBiY2FiMjdiODUzY2YwZmQ2OWE5NTMzYmUiLCJzZXEiOjJ9.Jb1uMCr6xTefWGVA3FqRrd7LApuxrbRV7omiZkpePuFZpbaYXz_4TCgyV1zixChZwJ8bgNEL2XSiO2U_Lt1NVg','2026-11-12 02:44:00.000000');
INSERT INTO "chain_links" VALUES('bc6718b695f4c947ec9017f6442ed14d53755c33b179585876176b80cd4f2595','932366ce8568466ca20ee8ac83541cf9',3,'12592d2bf42f91f8c4643833a0ca920117ea96dab77e75bb5940e84a123bc6fd','3e50ae50c518d2247e498c878657b6d33501de824d1d5aaa7070cebf9176fb53','eyJhbGciOiJFUzI1NiIsImtpZCI6IjkzMjM2NmNlLTg1NjgtNDY2Yy1hMjBlLWU4YWM4MzU0MWNmOSIsInR5cCI6ImRldmljZS1jaGFpbitqd3QifQ.eyJjZXJ0aWZpY2F0ZV9zaGEyNTYiOiIzZTUwYWU1MGM1MThkMjI0N2U0OThjODc4NjU3YjZkMzM1MDFkZTgyNGQxZDVhYWE3MDcwY2ViZjkxNzZmYjUzIiwicHJldiI6IjEyNTkyZDJiZjQyZjkxZjhjNDY0MzgzM2EwY2E5MjAxMTdlYTk2ZGFiNzdlNzViYjU5NDBlODRhMTIzYmM2ZmQiLCJzZXEiOjN9.6bvfEhqBnXhU75e10kH6Zi0JRLT1MRgm9Y8DkJ8HqHaA1-L4JExXFI0HbeGoHv6EbEtTYs2TN-fsv4c-FsPsSw','2026-11-14 03:19:00.000000');
INSERT INTO "chain_links" VALUES('ce9eb74fa451222ef552685aa03539d2d9c6e9412b1e9b3b8e6347bd6ce06009','f47da8efaecf4effb965f776bd501c47',3,'de0b49ec44c233b8fb127047ca548d5b82ac31cbd54cce06213d103ca6e58f37','c9fc1ea1a36cf71c02ebd191cec34bb1588b7d82b942fe5c5e18572f7b2b35ed','eyJhbGciOiJFUzI1NiIsImtpZCI6ImY0N2RhOGVmLWFlY2YtNGVmZi1iOTY1LWY3NzZiZDUwMWM0NyIsInR5cCI6ImRldmljZS1jaGFpbitqd3QifQ.eyJjZXJ0aWZpY2F0ZV9zaGEyNTYiOiJjOWZjMWVhMWEzNmNmNzFjMDJlYmQxOTFjZWMzNGJiMTU4OGI3ZDgyYjk0MmZlNWM1ZTE4NTcyZjdiMmIzNWVkIiwicHJldiI6ImRlMGI0OWVjNDRjMjMzYjhmYjEyNzA0N2NhNTQ4ZDViODJhYzMxY2JkNTRjY2UwNjIxM2QxMDNjYTZlNThmMzciLCJzZXEiOjN9.DA9gtqpEAD7BYybdBz4TkzlIXCOMnkqzNHJKef9BuvqRnJVjVHmKLvNn4afcU2sTngpIrsDklGUPTXyskiaTtw','2026-11-19 07:44:00.000000');
INSERT INTO "chain_links" VALUES('0f63b9304317b2f1c2dda272e09f4efff723b6eb2b791d65911d07e1fef96009','f47da8efaecf4effb965f776bd501c47',4,'ce9eb74fa451222ef552685aa03539d2d9c6e9412b1e9b3b8e6347bd6ce06009','687dda0713e6b8f05f920cb4037065a990622ae4f27de002ddecdff57d1b6141','eyJhbGciOiJFUzI1NiIsImtpZCI6ImY0N2RhOGVmLWFlY2YtNGVmZi1iOTY1LWY3NzZiZDUwMWM0NyIsInR5cCI6ImRldmljZS1jaGFpbitqd3QifQ.eyJjZXJ0aWZpY2F0ZV9zaGEyNTYiOiI2ODdkZGEwNzEzZTZiOGYwNWY5MjBjYjQwMzcwNjVhOTkwNjIyYWU0ZjI3ZGUwMDJkZGVjZGZmNTdkMWI2MTQxIiwicHJldiI6ImNlOWViNzRmYTQ1MTIyMmVmNTUyNjg1YWEwMzUzOWQyZDljNmU5NDEyYjFlOWIzYjhlNjM0N2JkNmNlMDYwMDkiLCJzZXEiOjR9.PtuGnt1VCFtwmCecUtJFh6RjiDNk7cNghEMucexbM8_IG_FQwDF5nxhh4GJk66GF4lc9z4Vyc3FNMerpXDvJeQ','2026-11-20 10:46:00.000000');
INSERT INTO "chain_links" VALUES('bff70087aa0c027c2e27506326a068c731c864f3464119ac4c1a7244b5c11b92','56cc77c06b5a4465b5ebdf30ebc5a8a5',4,'d179f4b906ea9a7b730381c04003b54435f296915ffeace0a3590081a9340084','015af9b0350b48315fe78264ff2616ee12da52917c944722f78f142b3fbf613b','eyJhbGciOiJFUzI1NiIsImtpZCI6IjU2Y2M3N2MwLTZiNWEtNDQ2NS1iNWViLWRmMzBlYmM1YThhNSIsInR5cCI6ImRldmljZS1jaGFpbitqd3QifQ.eyJjZXJ0aWZpY2F0ZV9zaGEyNTYiOiIwMTVhZjliMDM1MGI0ODMxNWZlNzgyNjRmZjI2MTZlZTEyZGE1MjkxN2M5NDQ3MjJmNzhmMTQyYjNmYmY2MTNiIiwicHJldiI6ImQxNzlmNGI5MDZlYTlhN2I3MzAzODFjMDQwMDNiNTQ0MzVmMjk2OTE1ZmZlYWNlMGEzNTkwMDgxYTkzNDAwODQiLCJzZXEiOjR9.xWGXN2Hl20ix4Cu61RJEpANl9SueJaJv9VQjlrqv3lQY_5GKNT_Yxi8vvvokSPyuK7HomET5DJZcHbH0tmFNHA','2026-11-21 08:07:00.000000');
INSERT INTO "chain_links" VALUES('87eb69ed3d25155a50d43e195bdc3a27daa72d22d0412231f4661a7f3faecc16','932366ce8568466ca20ee8ac83541cf9',4,'bc6718b695f4c947ec9017f6442ed14d53755c33b179585876176b80cd4f2595','7b58cc80849c2779e35db635579255f2f5ade8411b6313294b77a007596bd8d8','eyJhbGciOiJFUzI1NiIsImtpZCI6IjkzMjM2NmNlLTg1NjgtNDY2Yy1hMjBlLWU4YWM4MzU0MWNmOSIsInR5cCI6ImRldmljZS1jaGFpbitqd3QifQ.eyJjZXJ0aWZpY2F0ZV9zaGEyNTYiOiI3YjU4Y2M4MDg0OWMyNzc5ZTM1ZGI2MzU1NzkyNTVmMmY1YWRlODQxMWI2MzEzMjk0Yjc3YTAwNzU5NmJkOGQ4IiwicHJldiI6ImJjNjcxOGI2OTVmNGM5NDdlYzkwMTdmNjQ0MmVkMTRkNTM3NTVjMzNiMTc5NTg1ODc2MTc2YjgwY2Q0ZjI1OTUiLCJzZXEiOjR9.BoefmD7B2rqffHpxoVXJUXkAfORf0YlHa74n1RMgIGreb1YRlyOZmdIf3QctNV6XZKMrm9jdLHMEgdmp0OOvww','2026-11-22 01:37:00.000000');
CREATE TABLE checklist_versions (
	id CHAR(32) NOT NULL, 
	checklist_id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	items JSON NOT NULL, 
	published_at DATETIME, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_checklist_versions PRIMARY KEY (id), 
	CONSTRAINT fk_checklist_versions_checklist_id_checklists FOREIGN KEY(checklist_id) REFERENCES checklists (id), 
	CONSTRAINT uq_checklist_versions_checklist_id_version UNIQUE (checklist_id, version)
);
INSERT INTO "checklist_versions" VALUES('dbbd1992ce92487aa7afd62327f9ca8c','90f5b9942acb44cd971a4bbc8876da73',1,'出租汽车乘车体验','[{"points": 12, "veto": true, "photo": "never", "id": "accept", "text": "\u7a7a\u8f66\u72b6\u6001\u4e0b\u4e0d\u62d2\u8f7d\u3001\u4e0d\u6311\u5ba2", "text_en": "Takes the fare when free; does not refuse or pick passengers", "kind": "yes_no"}, {"points": 12, "veto": true, "photo": "on_fail", "id": "meter", "text": "\u4e0a\u8f66\u540e\u6309\u89c4\u5b9a\u4f7f\u7528\u8ba1\u4ef7\u5668\uff08\u6253\u8868\uff09", "text_en": "Uses the meter from the start as required", "kind": "yes_no"}, {"points": 8, "veto": true, "photo": "never", "id": "fare", "text": "\u4e0d\u8bae\u4ef7\u3001\u4e0d\u591a\u6536\u8d39", "text_en": "No haggling, no overcharging", "kind": "yes_no"}, {"points": 8, "veto": true, "photo": "never", "id": "route", "text": "\u8d70\u5408\u7406\u8def\u7ebf\uff1b\u7ed5\u884c\u4e8b\u5148\u5f81\u5f97\u4e58\u5ba2\u540c\u610f", "text_en": "Takes a reasonable route; detours only with the passenger''s consent", "kind": "yes_no"}, {"points": 8, "veto": true, "photo": "never", "id": "no_sharing", "text": "\u4e0d\u7529\u5ba2\u3001\u4e0d\u64c5\u81ea\u62fc\u5ba2", "text_en": "Does not drop passengers early or take on others without consent", "kind": "yes_no"}, {"points": 8, "veto": false, "photo": "on_fail", "id": "receipt", "text": "\u4e3b\u52a8\u51fa\u5177\u7968\u636e\uff0c\u7968\u636e\u4e0e\u5b9e\u4ed8\u91d1\u989d\u76f8\u7b26", "text_en": "Gives a receipt that matches the fare paid", "kind": "yes_no"}, {"points": 7, "veto": false, "photo": "on_fail", "id": "service_card", "text": "\u670d\u52a1\u76d1\u7763\u5361\u653e\u7f6e\u5230\u4f4d\uff0c\u4eba\u8bc1\u76f8\u7b26", "text_en": "Service card on display and matching the person at the wheel", "kind": "yes_no"}, {"points": 4, "veto": false, "photo": "never", "id": "papers", "text": "\u4ece\u4e1a\u8d44\u683c\u8bc1\u3001\u9053\u8def\u8fd0\u8f93\u8bc1\u968f\u8f66", "text_en": "Driver''s qualification and vehicle operating permit are on board", "kind": "yes_no"}, {"points": 4, "veto": false, "photo": "on_fail", "id": "roof_light", "text": "\u9876\u706f\u3001\u7a7a\u8f66\u6807\u5fd7\u5b8c\u597d\u4e14\u4f7f\u7528\u6b63\u786e", "text_en": "Roof light and \"for hire\" sign intact and used correctly", "kind": "yes_no"}, {"points": 5, "veto": false, "photo": "on_fail", "id": "body", "text": "\u8f66\u8eab\u6574\u6d01\u3001\u65e0\u660e\u663e\u7834\u635f", "text_en": "Outside clean, without obvious damage", "kind": "yes_no"}, {"points": 5, "veto": false, "photo": "on_fail", "id": "cabin", "text": "\u8f66\u53a2\u6574\u6d01\u3001\u65e0\u5f02\u5473\u3001\u5ea7\u5957\u5e72\u51c0", "text_en": "Cabin clean, free of odour, seat covers clean", "kind": "yes_no"}, {"points": 4, "veto": false, "photo": "on_fail", "id": "tariff", "text": "\u8f66\u5185\u5f20\u8d34\u79df\u4ef7\u6807\u7b7e\u548c\u76d1\u7763\u7535\u8bdd", "text_en": "Tariff and complaints number posted inside", "kind": "yes_no"}, {"points": 5, "veto": false, "photo": "never", "id": "no_smoking_phone", "text": "\u884c\u8f66\u4e2d\u4e0d\u5438\u70df\u3001\u4e0d\u4f7f\u7528\u624b\u673a", "text_en": "No smoking and no phone while driving", "kind": "yes_no"}, {"points": 4, "veto": false, "photo": "never", "id": "safe_driving", "text": "\u7cfb\u5b89\u5168\u5e26\u3001\u884c\u8f66\u5e73\u7a33", "text_en": "Wears the seat belt and drives smoothly", "kind": "yes_no"}, {"points": 4, "veto": false, "photo": "never", "id": "manners", "text": "\u7528\u8bed\u6587\u660e\u3001\u7740\u88c5\u6574\u6d01\uff081 \u5f88\u5dee\u20145 \u5f88\u597d\uff09", "text_en": "Polite speech and tidy dress (1 very poor \u2013 5 very good)", "kind": "grade", "min": 1, "max": 5, "scale": 0}, {"points": 2, "veto": false, "photo": "never", "id": "air_conditioning", "text": "\u6309\u4e58\u5ba2\u610f\u613f\u4f7f\u7528\u7a7a\u8c03", "text_en": "Uses the air conditioning as the passenger wishes", "kind": "yes_no"}, {"points": 0, "veto": false, "photo": "never", "id": "hailed", "text": "\u4e58\u8f66\u65b9\u5f0f", "text_en": "How the taxi was found", "kind": "choice", "options": [{"value": "street", "label": "\u8def\u8fb9\u626c\u62db", "label_en": "Hailed in the street"}, {"value": "rank", "label": "\u7ad9\u70b9\u5019\u8f66", "label_en": "At a taxi rank"}, {"value": "phone", "label": "\u7535\u8bdd\u6216\u7f51\u7edc\u7ea6\u8f66", "label_en": "By telephone or app"}]}]','2026-09-23 23:44:01.444000',2);
INSERT INTO "checklist_versions" VALUES('58ddc7ac9b8345569874790a4b382918','126b99d563f44d6185e2b0cecb532871',1,'窗口服务','[{"points": 10, "veto": false, "photo": "on_fail", "id": "on_duty", "text": "\u5de5\u4f5c\u65f6\u95f4\u7a97\u53e3\u6709\u4eba\u5728\u5c97", "text_en": "The window is staffed during office hours", "kind": "yes_no"}, {"points": 8, "veto": false, "photo": "on_fail", "id": "deputy", "text": "\u843d\u5b9eAB\u5c97\uff0c\u65e0\u7a7a\u7a97\u3001\u7a7a\u5c97", "text_en": "A deputy steps in; no window stands empty", "kind": "yes_no"}, {"points": 10, "veto": false, "photo": "never", "id": "first_contact", "text": "\u9996\u95ee\u8d23\u4efb\u843d\u5b9e\uff1a\u4e3b\u52a8\u63a5\u5f85\u3001\u5f15\u9886\u5230\u4f4d", "text_en": "The first person asked receives and guides the applicant", "kind": "yes_no"}, {"points": 10, "veto": false, "photo": "on_fail", "id": "told_once", "text": "\u4e00\u6b21\u6027\u4e66\u9762\u544a\u77e5\u6240\u9700\u6750\u6599", "text_en": "All required papers named once, in writing", "kind": "yes_no"}, {"points": 8, "veto": false, "photo": "never", "id": "no_passing_on", "text": "\u9996\u529e\u8d1f\u8d23\uff0c\u4e0d\u63a8\u8bff", "text_en": "The first handler stays responsible and does not pass the applicant on", "kind": "yes_no"}, {"points": 8, "veto": false, "photo": "never", "id": "time_promise", "text": "\u529e\u7406\u65f6\u9650\u516c\u5f00\u4e14\u672a\u8d85\u65f6", "text_en": "Time limits are public and were kept", "kind": "yes_no"}, {"points": 8, "veto": true, "photo": "never", "id": "no_outside_fees", "text": "\u4e0d\u5728\u4e2d\u5fc3\u4ee5\u5916\u6536\u8d39", "text_en": "No fees are taken outside the service centre", "kind": "yes_no"}, {"points": 10, "veto": true, "photo": "never", "id": "no_favours", "text": "\u65e0\u5403\u62ff\u5361\u8981\u3001\u5201\u96be", "text_en": "No gifts or favours demanded, no obstruction", "kind": "yes_no"}, {"points": 8, "veto": false, "photo": "never", "id": "attitude", "text": "\u670d\u52a1\u6001\u5ea6\uff081 \u5f88\u5dee\u20145 \u5f88\u597d\uff09", "text_en": "Attitude (1 very poor \u2013 5 very good)", "kind": "grade", "min": 1, "max": 5, "scale": 0}, {"points": 5, "veto": false, "photo": "on_fail", "id": "badge", "text": "\u7740\u88c5\u89c4\u8303\u3001\u4f69\u6234\u5de5\u724c", "text_en": "Proper dress, badge worn", "kind": "yes_no"}, {"points": 5, "veto": false, "photo": "on_fail", "id": "no_private_matters", "text": "\u4e0d\u505a\u4e0e\u5de5\u4f5c\u65e0\u5173\u7684\u4e8b", "text_en": "No private matters during office hours", "kind": "yes_no"}, {"points": 4, "veto": false, "photo": "on_fail", "id": "rating_device", "text": "\u201c\u597d\u5dee\u8bc4\u201d\u8bc4\u4ef7\u5668\u5b8c\u597d\u53ef\u7528", "text_en": "The rating device works and is offered", "kind": "yes_no"}, {"points": 3, "veto": false, "photo": "on_fail", "id": "complaints_number", "text": "\u516c\u793a\u76d1\u7763\u6295\u8bc9\u7535\u8bdd", "text_en": "Complaints number on display", "kind": "yes_no"}, {"points": 3, "veto": false, "photo": "on_fail", "id": "barrier_free", "text": "\u65e0\u969c\u788d\u8bbe\u65bd\u5b8c\u597d\u53ef\u7528", "text_en": "Barrier-free access is available and works", "kind": "yes_no"}, {"points": 0, "veto": false, "photo": "never", "id": "waiting", "text": "\u6392\u961f\u7b49\u5019\u65f6\u95f4", "text_en": "Time spent waiting", "kind": "number", "min": 0, "max": 480, "scale": 0, "unit": "\u5206\u949f"}, {"points": 0, "veto": false, "photo": "never", "id": "absent_reason", "text": "\u7a7a\u7a97\u65f6\u7684\u60c5\u5f62\uff08\u53ef\u591a\u9009\uff09", "text_en": "What an empty window looked like (several may apply)", "kind": "choices", "options": [{"value": "no_sign", "label": "\u672a\u653e\u7f6e\u6682\u505c\u670d\u52a1\u724c", "label_en": "No \"closed\" sign"}, {"value": "queue", "label": "\u6709\u7fa4\u4f17\u6392\u961f\u7b49\u5019", "label_en": "People were queueing"}, {"value": "chatting", "label": "\u4eba\u5458\u5728\u5c97\u5916\u95f2\u804a", "label_en": "Staff chatting elsewhere"}, {"value": "unknown", "label": "\u60c5\u51b5\u4e0d\u660e", "label_en": "Not known"}]}]','2026-09-23 23:44:01.444000',2);
INSERT INTO "checklist_versions" VALUES('aa0af76518e64fa0992df334a45892c0','54219b07f18b475ebd641ee4c2440da1',1,'机关办公秩序和环境卫生','[{"points": 8, "veto": false, "photo": "never", "id": "punctual", "text": "\u4e0d\u8fdf\u5230\u3001\u4e0d\u65e9\u9000", "text_en": "Nobody comes late or leaves early", "kind": "yes_no"}, {"points": 10, "veto": false, "photo": "on_fail", "id": "present", "text": "\u65e0\u65e0\u6545\u4e0d\u5728\u5c97\u60c5\u51b5", "text_en": "Nobody is absent without cause", "kind": "yes_no"}, {"points": 5, "veto": false, "photo": "on_fail", "id": "whereabouts", "text": "\u4eba\u5458\u53bb\u5411\u724c\u4e0e\u5b9e\u9645\u76f8\u7b26", "text_en": "The whereabouts board is true", "kind": "yes_no"}, {"points": 8, "veto": false, "photo": "on_fail", "id": "no_games", "text": "\u4e0a\u73ed\u65f6\u95f4\u4e0d\u73a9\u6e38\u620f\u3001\u770b\u89c6\u9891\u3001\u7f51\u8d2d", "text_en": "No games, videos or shopping during office hours", "kind": "yes_no"}, {"points": 8, "veto": false, "photo": "on_fail", "id": "no_trading", "text": "\u4e0a\u73ed\u65f6\u95f4\u4e0d\u7092\u80a1", "text_en": "No share trading during office hours", "kind": "yes_no"}, {"points": 10, "veto": true, "photo": "never", "id": "no_gambling_drinking", "text": "\u65e0\u8d4c\u535a\u3001\u5de5\u4f5c\u65e5\u996e\u9152", "text_en": "No gambling, no alcohol on working days", "kind": "yes_no"}, {"points": 7, "veto": false, "photo": "on_fail", "id": "floor", "text": "\u5730\u9762\u5e72\u51c0", "text_en": "Floors clean", "kind": "yes_no"}, {"points": 6, "veto": false, "photo": "on_fail", "id": "desks", "text": "\u684c\u9762\u6574\u6d01", "text_en": "Desks tidy", "kind": "yes_no"}, {"points": 5, "veto": false, "photo": "on_fail", "id": "cabinets", "text": "\u6587\u4ef6\u67dc\u6574\u9f50", "text_en": "Filing cabinets in order", "kind": "yes_no"}, {"points": 6, "veto": false, "photo": "on_fail", "id": "common_areas", "text": "\u516c\u5171\u533a\u57df\u5e72\u51c0\uff0c\u536b\u751f\u95f4\u5916\u89c2\u548c\u6807\u8bc6\u826f\u597d\uff08\u536b\u751f\u95f4\u5185\u4e0d\u62cd\u7167\uff09", "text_en": "Common areas clean, lavatories kept and signed (no photographs inside lavatories)", "kind": "yes_no"}, {"points": 4, "veto": false, "photo": "on_fail", "id": "no_smoking", "text": "\u5ba4\u5185\u65e0\u5438\u70df\u73b0\u8c61", "text_en": "No smoking indoors", "kind": "yes_no"}, {"points": 5, "veto": false, "photo": "never", "id": "phone_answered", "text": "\u7535\u8bdd\u94c3\u54cd\u4e09\u58f0\u5185\u63a5\u542c", "text_en": "The telephone is answered within three rings", "kind": "yes_no"}, {"points": 5, "veto": false, "photo": "never", "id": "phone_unit_named", "text": "\u63a5\u542c\u65f6\u81ea\u62a5\u5355\u4f4d", "text_en": "The person answering names the unit", "kind": "yes_no"}, {"points": 5, "veto": false, "photo": "never", "id": "phone_manners", "text": "\u7535\u8bdd\u7528\u8bed\uff081 \u5f88\u5dee\u20145 \u5f88\u597d\uff09", "text_en": "Manners on the telephone (1 very poor \u2013 5 very good)", "kind": "grade", "min": 1, "max": 5, "scale": 0}, {"points": 8, "veto": false, "photo": "never", "id": "phone_helpful", "text": "\u4e00\u6b21\u8bf4\u6e05\uff0c\u6216\u8f6c\u63a5\u5230\u4f4d", "text_en": "Answers in full at once, or puts the caller through", "kind": "yes_no"}, {"points": 0, "veto": false, "photo": "never", "id": "staff_absent", "text": "\u4e0d\u5728\u5c97\u4eba\u6570", "text_en": "Number of people absent", "kind": "number", "min": 0, "max": 500, "scale": 0, "unit": "\u4eba"}, {"points": 0, "veto": false, "photo": "never", "id": "situation", "text": "\u73b0\u573a\u60c5\u51b5\u8bf4\u660e", "text_en": "What was found", "kind": "text"}]','2026-09-23 23:44:01.444000',2);
CREATE TABLE checklists (
	id CHAR(32) NOT NULL, 
	code VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_checklists PRIMARY KEY (id), 
	CONSTRAINT uq_checklists_code UNIQUE (code)
);
INSERT INTO "checklists" VALUES('90f5b9942acb44cd971a4bbc8876da73','taxi','出租汽车乘车体验','2026-09-23 23:44:01.444000');
INSERT INTO "checklists" VALUES('126b99d563f44d6185e2b0cecb532871','window','窗口服务','2026-09-23 23:44:01.444000');
INSERT INTO "checklists" VALUES('54219b07f18b475ebd641ee4c2440da1','office','机关办公秩序和环境卫生','2026-09-23 23:44:01.444000');
CREATE TABLE claim_questions (
	id CHAR(32) NOT NULL, 
	sheet_id CHAR(32) NOT NULL, 
	item VARCHAR NOT NULL, 
	item_text VARCHAR NOT NULL, 
	figures JSON NOT NULL, 
	note VARCHAR NOT NULL, 
	asked_by CHAR(32) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	answer_until DATETIME NOT NULL, 
	answer VARCHAR, 
	answered_by CHAR(32), 
	answered_at DATETIME, 
	verdict VARCHAR, 
	reason VARCHAR, 
	judged_by CHAR(32), 
	judged_at DATETIME, 
	case_id CHAR(32), 
	CONSTRAINT pk_claim_questions PRIMARY KEY (id), 
	CONSTRAINT ck_claim_questions_concealment_has_case CHECK ((case_id IS NOT NULL) = (verdict IS NOT NULL AND verdict = 'concealment')), 
	CONSTRAINT ck_claim_questions_word CHECK (verdict IS NULL OR verdict IN ('explained', 'concealment')), 
	CONSTRAINT ck_claim_questions_verdict_whole CHECK ((verdict IS NULL) = (judged_at IS NULL) AND (verdict IS NULL) = (judged_by IS NULL) AND (verdict IS NULL) = (reason IS NULL)), 
	CONSTRAINT ck_claim_questions_four_eyes CHECK (judged_by IS NULL OR judged_by <> asked_by), 
	CONSTRAINT fk_claim_questions_answered_by_users FOREIGN KEY(answered_by) REFERENCES users (id), 
	CONSTRAINT fk_claim_questions_asked_by_users FOREIGN KEY(asked_by) REFERENCES users (id), 
	CONSTRAINT fk_claim_questions_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_claim_questions_judged_by_users FOREIGN KEY(judged_by) REFERENCES users (id), 
	CONSTRAINT fk_claim_questions_sheet_id_claim_sheets FOREIGN KEY(sheet_id) REFERENCES claim_sheets (id), 
	CONSTRAINT uq_claim_questions_sheet_id_item UNIQUE (sheet_id, item)
);
INSERT INTO "claim_questions" VALUES('cd3aab5e3d7f4e7db24e99ba5bf85230','385f196155534a5cb8d2fe1d86efed7f','deputy','落实AB岗，无空窗、空岗','{"claim": {"percent": 100.0, "good": 50, "checked": 50}, "seen": {"count": 3, "of": 8, "share": 0.375, "low": 0.13684428582359742, "high": 0.6942576053973726}, "difference": {"value": -0.625, "low": -0.8631557141764026, "high": -0.29786715465096003}, "flag": "concealment"}','自报五十次均有B岗顶替，暗访八次有五次无人顶岗，请说明。','bbd25f58f7644374a72bd5cf0dca7891','2026-11-07 23:44:01.444000','2026-11-13 10:00:00.000000','自查在上午九点进行，午后换班时段没有查到；已改为全天抽查，午后增设B岗。','344feccba8db46ab9a8f7e5d6c685233','2026-11-10 23:44:01.444000',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE claim_requests (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	rulebook_version_id CHAR(32), 
	checklist_version_id CHAR(32) NOT NULL, 
	checklist_id CHAR(32) NOT NULL, 
	call VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	items JSON NOT NULL, 
	from_day DATE NOT NULL, 
	to_day DATE NOT NULL, 
	asked_by CHAR(32) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	CONSTRAINT pk_claim_requests PRIMARY KEY (id), 
	CONSTRAINT ck_claim_requests_period CHECK (to_day >= from_day), 
	CONSTRAINT fk_claim_requests_asked_by_users FOREIGN KEY(asked_by) REFERENCES users (id), 
	CONSTRAINT fk_claim_requests_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_claim_requests_checklist_id_checklists FOREIGN KEY(checklist_id) REFERENCES checklists (id), 
	CONSTRAINT fk_claim_requests_checklist_version_id_checklist_versions FOREIGN KEY(checklist_version_id) REFERENCES checklist_versions (id), 
	CONSTRAINT fk_claim_requests_rulebook_version_id_rulebook_versions FOREIGN KEY(rulebook_version_id) REFERENCES rulebook_versions (id)
);
INSERT INTO "claim_requests" VALUES('a59edec3aa4d4688ae994629a460b41e','6b8dca93f0404b55a7eb38cf02b7a494','96ab72c5a3404ac78dfe9b71d8aacf8e','58ddc7ac9b8345569874790a4b382918','126b99d563f44d6185e2b0cecb532871','window-service','窗口服务基本要求','[{"id": "on_duty", "text": "\u5de5\u4f5c\u65f6\u95f4\u7a97\u53e3\u6709\u4eba\u5728\u5c97"}, {"id": "deputy", "text": "\u843d\u5b9eAB\u5c97\uff0c\u65e0\u7a7a\u7a97\u3001\u7a7a\u5c97"}, {"id": "first_contact", "text": "\u9996\u95ee\u8d23\u4efb\u843d\u5b9e\uff1a\u4e3b\u52a8\u63a5\u5f85\u3001\u5f15\u9886\u5230\u4f4d"}, {"id": "told_once", "text": "\u4e00\u6b21\u6027\u4e66\u9762\u544a\u77e5\u6240\u9700\u6750\u6599"}, {"id": "no_passing_on", "text": "\u9996\u529e\u8d1f\u8d23\uff0c\u4e0d\u63a8\u8bff"}, {"id": "time_promise", "text": "\u529e\u7406\u65f6\u9650\u516c\u5f00\u4e14\u672a\u8d85\u65f6"}, {"id": "no_outside_fees", "text": "\u4e0d\u5728\u4e2d\u5fc3\u4ee5\u5916\u6536\u8d39"}, {"id": "no_favours", "text": "\u65e0\u5403\u62ff\u5361\u8981\u3001\u5201\u96be"}, {"id": "attitude", "text": "\u670d\u52a1\u6001\u5ea6\uff081 \u5f88\u5dee\u20145 \u5f88\u597d\uff09"}, {"id": "badge", "text": "\u7740\u88c5\u89c4\u8303\u3001\u4f69\u6234\u5de5\u724c"}, {"id": "no_private_matters", "text": "\u4e0d\u505a\u4e0e\u5de5\u4f5c\u65e0\u5173\u7684\u4e8b"}, {"id": "rating_device", "text": "\u201c\u597d\u5dee\u8bc4\u201d\u8bc4\u4ef7\u5668\u5b8c\u597d\u53ef\u7528"}, {"id": "complaints_number", "text": "\u516c\u793a\u76d1\u7763\u6295\u8bc9\u7535\u8bdd"}, {"id": "barrier_free", "text": "\u65e0\u969c\u788d\u8bbe\u65bd\u5b8c\u597d\u53ef\u7528"}]','2026-10-09','2026-10-26','bbd25f58f7644374a72bd5cf0dca7891','2026-10-26 23:44:01.444000','2026-11-03 10:00:00.000000');
CREATE TABLE claim_sheets (
	id CHAR(32) NOT NULL, 
	request_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	signed_version INTEGER, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_claim_sheets PRIMARY KEY (id), 
	CONSTRAINT fk_claim_sheets_request_id_claim_requests FOREIGN KEY(request_id) REFERENCES claim_requests (id), 
	CONSTRAINT fk_claim_sheets_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_claim_sheets_request_id_unit_id UNIQUE (request_id, unit_id)
);
INSERT INTO "claim_sheets" VALUES('385f196155534a5cb8d2fe1d86efed7f','a59edec3aa4d4688ae994629a460b41e','4bf49f563a964b3e8ece13c3eb824880',1,1,3);
INSERT INTO "claim_sheets" VALUES('d9017fce7ea04be5a2144fd6aff0deb0','a59edec3aa4d4688ae994629a460b41e','f542fb42453a4e57a7494343cda5f755',1,1,3);
INSERT INTO "claim_sheets" VALUES('69484db365a64896b4c486501ed81761','a59edec3aa4d4688ae994629a460b41e','d4063063e4c046f9a610b21847f3845d',0,NULL,1);
CREATE TABLE claim_versions (
	sheet_id CHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	answers JSON NOT NULL, 
	filed_by CHAR(32) NOT NULL, 
	filed_at DATETIME NOT NULL, 
	signatory VARCHAR, 
	signed_by CHAR(32), 
	signed_at DATETIME, 
	CONSTRAINT pk_claim_versions PRIMARY KEY (sheet_id, number), 
	CONSTRAINT ck_claim_versions_signature CHECK ((signed_at IS NULL) = (signatory IS NULL) AND (signed_at IS NULL) = (signed_by IS NULL)), 
	CONSTRAINT fk_claim_versions_filed_by_users FOREIGN KEY(filed_by) REFERENCES users (id), 
	CONSTRAINT fk_claim_versions_sheet_id_claim_sheets FOREIGN KEY(sheet_id) REFERENCES claim_sheets (id), 
	CONSTRAINT fk_claim_versions_signed_by_users FOREIGN KEY(signed_by) REFERENCES users (id)
);
INSERT INTO "claim_versions" VALUES('385f196155534a5cb8d2fe1d86efed7f',1,'[{"item": "on_duty", "good": 49, "checked": 50}, {"item": "deputy", "good": 50, "checked": 50}, {"item": "first_contact", "percent": 96}, {"item": "told_once", "good": 46, "checked": 50}, {"item": "no_passing_on", "percent": 96}, {"item": "time_promise", "percent": 96}, {"item": "no_outside_fees", "percent": 96}, {"item": "no_favours", "percent": 96}, {"item": "attitude", "percent": 96}, {"item": "badge", "percent": 96}, {"item": "no_private_matters", "percent": 96}, {"item": "rating_device", "percent": 96}, {"item": "complaints_number", "percent": 96}, {"item": "barrier_free", "percent": 96}]','344feccba8db46ab9a8f7e5d6c685233','2026-10-28 23:44:01.444000','行政服务中心主任','344feccba8db46ab9a8f7e5d6c685233','2026-10-28 23:44:01.444000');
INSERT INTO "claim_versions" VALUES('d9017fce7ea04be5a2144fd6aff0deb0',1,'[{"item": "on_duty", "percent": 90}, {"item": "deputy", "percent": 90}, {"item": "first_contact", "percent": 90}, {"item": "told_once", "percent": 90}, {"item": "no_passing_on", "percent": 90}, {"item": "time_promise", "percent": 90}, {"item": "no_outside_fees", "percent": 90}, {"item": "no_favours", "percent": 90}, {"item": "attitude", "percent": 90}, {"item": "badge", "percent": 90}, {"item": "no_private_matters", "percent": 90}, {"item": "rating_device", "percent": 90}, {"item": "complaints_number", "percent": 90}, {"item": "barrier_free", "percent": 90}]','a8bf5f539a9840e58f139d22cf32ce70','2026-10-29 23:44:01.444000','交通运输局局长','a8bf5f539a9840e58f139d22cf32ce70','2026-10-29 23:44:01.444000');
CREATE TABLE complaint_cluster_members (
	cluster_id CHAR(32) NOT NULL, 
	complaint_id CHAR(32) NOT NULL, 
	rule VARCHAR NOT NULL, 
	CONSTRAINT pk_complaint_cluster_members PRIMARY KEY (cluster_id, complaint_id), 
	CONSTRAINT fk_complaint_cluster_members_cluster_id_complaint_clusters FOREIGN KEY(cluster_id) REFERENCES complaint_clusters (id), 
	CONSTRAINT fk_complaint_cluster_members_complaint_id_complaints FOREIGN KEY(complaint_id) REFERENCES complaints (id), 
	CONSTRAINT uq_complaint_cluster_members_rule_complaint_id UNIQUE (rule, complaint_id)
);
INSERT INTO "complaint_cluster_members" VALUES('e9422c5d348947729a3303c8e78d1343','6281dc339e714c39b636753ce047ac6e','strong');
INSERT INTO "complaint_cluster_members" VALUES('e9422c5d348947729a3303c8e78d1343','0b099d46e1a14d38815bc4a05976987a','strong');
INSERT INTO "complaint_cluster_members" VALUES('e9422c5d348947729a3303c8e78d1343','757de7fa239949fa892ebe6ab1dd4573','strong');
INSERT INTO "complaint_cluster_members" VALUES('e9422c5d348947729a3303c8e78d1343','0a831f9a580b4580b627981e14c97429','strong');
INSERT INTO "complaint_cluster_members" VALUES('e9422c5d348947729a3303c8e78d1343','100e2ac15cd14acaae5f56b93e0114d5','strong');
CREATE TABLE complaint_clusters (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	rulebook_version_id CHAR(32), 
	rule VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	unit_id CHAR(32), 
	topic VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	found_at DATETIME NOT NULL, 
	action VARCHAR NOT NULL, 
	proposal VARCHAR NOT NULL, 
	proposed_by CHAR(32), 
	decision VARCHAR NOT NULL, 
	decided_by CHAR(32), 
	decided_at DATETIME, 
	case_id CHAR(32), 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_complaint_clusters PRIMARY KEY (id), 
	CONSTRAINT ck_complaint_clusters_approved_has_case CHECK ((state = 'approved') = (case_id IS NOT NULL)), 
	CONSTRAINT ck_complaint_clusters_decided CHECK ((state IN ('approved', 'dismissed')) = (decided_by IS NOT NULL)), 
	CONSTRAINT ck_complaint_clusters_state CHECK (state IN ('found', 'proposed', 'approved', 'dismissed')), 
	CONSTRAINT ck_complaint_clusters_second_person CHECK (decided_by IS NULL OR decided_by <> proposed_by), 
	CONSTRAINT fk_complaint_clusters_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_complaint_clusters_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_complaint_clusters_decided_by_users FOREIGN KEY(decided_by) REFERENCES users (id), 
	CONSTRAINT fk_complaint_clusters_proposed_by_users FOREIGN KEY(proposed_by) REFERENCES users (id), 
	CONSTRAINT fk_complaint_clusters_rulebook_version_id_rulebook_versions FOREIGN KEY(rulebook_version_id) REFERENCES rulebook_versions (id), 
	CONSTRAINT fk_complaint_clusters_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id)
);
INSERT INTO "complaint_clusters" VALUES('e9422c5d348947729a3303c8e78d1343','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','strong','群众集中反映同一类问题','vacant-post','4bf49f563a964b3e8ece13c3eb824880','vacant-post','proposed','2026-11-22 01:37:00.000000','窗口空岗专项整治','一个月内五件反映都与窗口无人有关，拟开展窗口AB岗落实情况专项整治。','bbd25f58f7644374a72bd5cf0dca7891','',NULL,NULL,NULL,2);
CREATE TABLE complaint_entries (
	id CHAR(32) NOT NULL, 
	complaint_id CHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	unit_id CHAR(32), 
	by_user CHAR(32), 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_complaint_entries PRIMARY KEY (id), 
	CONSTRAINT ck_complaint_entries_kind CHECK (kind IN ('accepted', 'declined', 'transferred', 'unit_accepted', 'chased', 'answered', 'bounced', 'extension_asked', 'extended', 'extension_refused', 'verdict', 'case_opened', 'replied', 'words', 'satisfied', 'dissatisfied', 'merged', 'took_over', 'reopened')), 
	CONSTRAINT fk_complaint_entries_by_user_users FOREIGN KEY(by_user) REFERENCES users (id), 
	CONSTRAINT fk_complaint_entries_complaint_id_complaints FOREIGN KEY(complaint_id) REFERENCES complaints (id), 
	CONSTRAINT fk_complaint_entries_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_complaint_entries_complaint_id_number UNIQUE (complaint_id, number)
);
INSERT INTO "complaint_entries" VALUES('08981a8886e9414e9c78e411cf6fc25b','6281dc339e714c39b636753ce047ac6e',1,'accepted','',NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-10-30 23:44:01.444000');
INSERT INTO "complaint_entries" VALUES('34b7058b460a49c4819df5bd28085708','6281dc339e714c39b636753ce047ac6e',2,'transferred','请核查当日排班，五个工作日内反馈。','4bf49f563a964b3e8ece13c3eb824880','bbd25f58f7644374a72bd5cf0dca7891','2026-10-31 23:44:01.444000');
INSERT INTO "complaint_entries" VALUES('055237d78101438494d1e1c01ea7537e','6281dc339e714c39b636753ce047ac6e',3,'unit_accepted','','4bf49f563a964b3e8ece13c3eb824880','344feccba8db46ab9a8f7e5d6c685233','2026-10-31 23:44:01.444000');
INSERT INTO "complaint_entries" VALUES('2c87dff358cb4266916464cdbfb71e81','6281dc339e714c39b636753ce047ac6e',4,'answered','经核查，当日A岗外出、B岗未到位，情况属实；已重排AB岗，由值班长每小时巡岗。','4bf49f563a964b3e8ece13c3eb824880','344feccba8db46ab9a8f7e5d6c685233','2026-11-05 23:44:01.444000');
INSERT INTO "complaint_entries" VALUES('ebe5601f4d9f449282fdd2d6c0442217','6281dc339e714c39b636753ce047ac6e',5,'verdict','单位反馈与排班记录一致。','4bf49f563a964b3e8ece13c3eb824880','bbd25f58f7644374a72bd5cf0dca7891','2026-11-06 23:44:01.444000');
INSERT INTO "complaint_entries" VALUES('2a237bd0c7404988aee6f92f4933d6cb','6281dc339e714c39b636753ce047ac6e',6,'replied','您反映的情况属实。窗口已重新排定AB岗，值班长每小时巡岗，欢迎继续监督。','4bf49f563a964b3e8ece13c3eb824880','bbd25f58f7644374a72bd5cf0dca7891','2026-11-07 23:44:01.444000');
INSERT INTO "complaint_entries" VALUES('04330e13fa3348e3b0821b69bb4768a3','6281dc339e714c39b636753ce047ac6e',7,'satisfied','昨天再去，窗口有人了。','4bf49f563a964b3e8ece13c3eb824880',NULL,'2026-11-08 23:44:01.444000');
INSERT INTO "complaint_entries" VALUES('e2c716a6c4584af48bb7b12dea0c8c64','757de7fa239949fa892ebe6ab1dd4573',1,'accepted','',NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-11-11 23:44:01.444000');
INSERT INTO "complaint_entries" VALUES('560f6cbfae9347a59ef0b38668dde6d5','0a831f9a580b4580b627981e14c97429',1,'accepted','',NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-11-13 23:44:01.444000');
INSERT INTO "complaint_entries" VALUES('5cbc433a563449aebf5b0d1953302232','757de7fa239949fa892ebe6ab1dd4573',2,'transferred','请核查午间值班安排并反馈。','f542fb42453a4e57a7494343cda5f755','bbd25f58f7644374a72bd5cf0dca7891','2026-11-14 23:44:01.444000');
INSERT INTO "complaint_entries" VALUES('d8ee63473f5946249f58ba0cf66ecdb8','0a831f9a580b4580b627981e14c97429',2,'merged','同一窗口、同一时段。',NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-11-14 23:44:01.444000');
INSERT INTO "complaint_entries" VALUES('1919dbda009643a386b5d05013a8e41a','757de7fa239949fa892ebe6ab1dd4573',3,'took_over','20261113-471418','f542fb42453a4e57a7494343cda5f755','bbd25f58f7644374a72bd5cf0dca7891','2026-11-14 23:44:01.444000');
INSERT INTO "complaint_entries" VALUES('c0cf2a6bce1a4e9b98a1c368d7c4b8d8','757de7fa239949fa892ebe6ab1dd4573',4,'chased','已超过反馈时限，请尽快核查。','f542fb42453a4e57a7494343cda5f755','bbd25f58f7644374a72bd5cf0dca7891','2026-11-20 23:44:01.444000');
CREATE TABLE complaints (
	id CHAR(32) NOT NULL, 
	number VARCHAR NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	rulebook_version_id CHAR(32), 
	code_hash VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	channel VARCHAR NOT NULL, 
	topic VARCHAR NOT NULL, 
	about VARCHAR NOT NULL, 
	happened VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	text_for_unit VARCHAR NOT NULL, 
	hints JSON NOT NULL, 
	named BOOLEAN NOT NULL, 
	informant_box VARCHAR, 
	taken_by CHAR(32), 
	unit_id CHAR(32), 
	site_id CHAR(32), 
	case_id CHAR(32), 
	state VARCHAR NOT NULL, 
	received_at DATETIME NOT NULL, 
	due_step VARCHAR NOT NULL, 
	due_at DATETIME, 
	due_from DATETIME NOT NULL, 
	finish_due_at DATETIME NOT NULL, 
	extension VARCHAR NOT NULL, 
	near_told_at DATETIME, 
	overdue_told_at DATETIME, 
	chased_at DATETIME, 
	verdict VARCHAR, 
	verdict_reason VARCHAR NOT NULL, 
	verdict_at DATETIME, 
	replied_at DATETIME, 
	satisfaction VARCHAR, 
	merged_into_id CHAR(32), 
	informant_erased_at DATETIME, 
	words_erased_at DATETIME, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_complaints PRIMARY KEY (id), 
	CONSTRAINT ck_complaints_merged CHECK ((state = 'merged') = (merged_into_id IS NOT NULL)), 
	CONSTRAINT ck_complaints_due_until_ended CHECK ((state IN ('declined', 'replied', 'merged')) = (due_at IS NULL)), 
	CONSTRAINT ck_complaints_channel CHECK (channel IN ('page', 'phone', 'letterbox', 'reception_day', 'leader_visit')), 
	CONSTRAINT ck_complaints_extension CHECK (extension IN ('', 'asked', 'granted', 'refused')), 
	CONSTRAINT ck_complaints_kind CHECK (kind IN ('petition', 'complaint', 'report', 'opinion')), 
	CONSTRAINT ck_complaints_satisfaction CHECK (satisfaction IS NULL OR satisfaction IN ('satisfied', 'dissatisfied')), 
	CONSTRAINT ck_complaints_replied_at CHECK (state <> 'replied' OR replied_at IS NOT NULL), 
	CONSTRAINT ck_complaints_state CHECK (state IN ('received', 'accepted', 'declined', 'transferred', 'answered', 'in_case', 'replied', 'merged')), 
	CONSTRAINT ck_complaints_unit_reads_its_text CHECK (state NOT IN ('transferred', 'answered') OR (unit_id IS NOT NULL AND length(trim(text_for_unit)) > 0)), 
	CONSTRAINT ck_complaints_verdict CHECK (verdict IS NULL OR verdict IN ('verified', 'unfounded', 'not_verifiable')), 
	CONSTRAINT ck_complaints_named_is_sealed CHECK ((named AND informant_erased_at IS NULL) = (informant_box IS NOT NULL)), 
	CONSTRAINT ck_complaints_verdict_at CHECK ((verdict IS NULL) = (verdict_at IS NULL)), 
	CONSTRAINT ck_complaints_says_something CHECK ((words_erased_at IS NULL) = (length(trim(text)) > 0)), 
	CONSTRAINT ck_complaints_verdict_needs_reason CHECK (verdict IS NULL OR length(trim(verdict_reason)) > 0), 
	CONSTRAINT fk_complaints_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_complaints_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_complaints_merged_into_id_complaints FOREIGN KEY(merged_into_id) REFERENCES complaints (id), 
	CONSTRAINT fk_complaints_rulebook_version_id_rulebook_versions FOREIGN KEY(rulebook_version_id) REFERENCES rulebook_versions (id), 
	CONSTRAINT fk_complaints_site_id_sites FOREIGN KEY(site_id) REFERENCES sites (id), 
	CONSTRAINT fk_complaints_taken_by_users FOREIGN KEY(taken_by) REFERENCES users (id), 
	CONSTRAINT fk_complaints_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_complaints_code_hash UNIQUE (code_hash), 
	CONSTRAINT uq_complaints_number UNIQUE (number)
);
INSERT INTO "complaints" VALUES('6281dc339e714c39b636753ce047ac6e','20261030-462139','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','29ea3e25d2ba6fd2fdc07a72048fa0dcd4dd62c2dab2965a933ba677e256d823','complaint','phone','vacant-post','行政服务中心','','上午十点到企业登记窗口，窗口没有人，等了四十分钟。请打我的电话回复。','反映企业登记窗口上午长时间无人在岗。','[]',1,'e5148f55ae36a90feea0ed8c4911884c.s32UF8XerBsczZAN_K3J_UsLsutclLgyUllypVtFzH5TkCqpWjVcsYwwAlgZio4FpTxYCLDgAHLmwV4khMFXvtmFiQEnmIaRspPYUUdcuHE7OaQQPj18tdxzZzJvouXdjZ7bDCYehG9HLKraVCjjyE8NV7c8JGx0Ma90GUo_jRkHNtTMW3bZ76wbjshVDa752494-TSs0b_fSTQEhCawyOeQc_jIx_GDBtfFExyJc68_qFZKDufU1zdGDzhAc9hqbuySl_tJn1pW-uv7zp1Mgp69agKDIne6Qmi3Zoyq7_88ct3FB0y77t9UN-98kHWDUC_Q0CZocptGVYuOy6xYYG6fp0XNztL0125kEgN5kYJclxFXD31amIh3HNxW3UE3Mi0dlnjb3tuAi6ixRGxj1vQLZ2cS4k2_lfXgiH0xBadgKpsYsxQ1A5SBjxKRi8KjmW4Ks25YHlaBlq_6eSlvGSiZknmpaEHH46TGep09-8bCL0orvUpBuRVM1Dq_irziD4hsoB-nUXIpAVk4YUpMDh1b1ij9PsEyQVn48jdZnFJhpZgHiOpr0VrTEGv49RtNI4kXgQAC7zrfB3ueiidG9eUd4eD_52TVOLWIM520gne9S3Sw8-tLd2oOIXJFtRW4MoTQFAHzvPyI47cAcMBPenqsNRT-lLqyNN_9i5C1rFDywOYF2aY8ufLl62vetaUzI1i6OIEdPHcEqW8oejkvVtaHkDTv7DQ-9IeAvO8e-s4','bbd25f58f7644374a72bd5cf0dca7891','4bf49f563a964b3e8ece13c3eb824880',NULL,NULL,'replied','2026-10-29 23:44:01.444000','finish',NULL,'2026-11-05 23:44:01.444000','2026-12-29 10:00:00.000000','',NULL,NULL,NULL,'verified','单位反馈与排班记录一致。','2026-11-06 23:44:01.444000','2026-11-07 23:44:01.444000','satisfied',NULL,NULL,NULL,10);
INSERT INTO "complaints" VALUES('0b099d46e1a14d38815bc4a05976987a','20261103-465848','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','051793450f9ad5f9ab05c1ce6aa55d30012dec461b9be571a4e59f5cad296e64','complaint','page','vacant-post','行政服务中心','','下午三点不到，二楼窗口就停止取号，大厅里还有十几个人。','','[]',0,NULL,NULL,NULL,NULL,NULL,'received','2026-11-02 23:44:01.444000','accept','2026-11-18 10:00:00.000000','2026-11-02 23:44:01.444000','2027-01-04 10:00:00.000000','',NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO "complaints" VALUES('757de7fa239949fa892ebe6ab1dd4573','20261111-462241','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','b38fa553e394749c1e172ca8340c51d5591465b70a6900a51c0ab7a0f4b3067b','complaint','letterbox','vacant-post','交通运输局','','道路运输证窗口中午一点半到两点半一直没有人。','反映道路运输证窗口午后无人在岗。','[]',0,NULL,'bbd25f58f7644374a72bd5cf0dca7891','f542fb42453a4e57a7494343cda5f755',NULL,NULL,'transferred','2026-11-10 23:44:01.444000','unit_accept','2026-11-16 10:00:00.000000','2026-11-14 23:44:01.444000','2027-01-11 10:00:00.000000','',NULL,NULL,'2026-11-20 23:44:01.444000',NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,6);
INSERT INTO "complaints" VALUES('0a831f9a580b4580b627981e14c97429','20261113-471418','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','02c49dd7eee395ae371fc8f451c4d1a1f5596db946ec9f6b3d63d4caf99111b7','complaint','reception_day','vacant-post','交通运输局','','接访时反映：运输证窗口午后没有人，跑了两趟。','','[]',0,NULL,'bbd25f58f7644374a72bd5cf0dca7891',NULL,NULL,NULL,'merged','2026-11-12 23:44:01.444000','transfer',NULL,'2026-11-13 23:44:01.444000','2027-01-12 10:00:00.000000','',NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,'757de7fa239949fa892ebe6ab1dd4573',NULL,NULL,3);
INSERT INTO "complaints" VALUES('100e2ac15cd14acaae5f56b93e0114d5','20261122-778284','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','4512e2ad52b1c90b63d5c509e08ec01e6e0eadd1eb02ffb45cdcbe7d0663ec74','opinion','page','vacant-post','行政服务中心','','建议窗口中午也安排人值班，上班的人只有中午有空。','','[]',0,NULL,NULL,NULL,NULL,NULL,'received','2026-11-21 23:44:01.444000','accept','2026-12-07 10:00:00.000000','2026-11-21 23:44:01.444000','2027-01-21 10:00:00.000000','',NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,1);
CREATE TABLE custody_keys (
	kid VARCHAR NOT NULL, 
	public VARCHAR NOT NULL, 
	made_at DATETIME NOT NULL, 
	established_at DATETIME, 
	retired_at DATETIME, 
	sealed_private VARCHAR, 
	CONSTRAINT pk_custody_keys PRIMARY KEY (kid)
);
INSERT INTO "custody_keys" VALUES('e5148f55ae36a90feea0ed8c4911884c','5eef6f3d85f773d7a8bfd58916451c7f5b5a729a8b372218fc775e3f5c3bbe1b','2026-11-22 23:44:01.343000',NULL,NULL,NULL);
CREATE TABLE custody_shares (
	kid VARCHAR NOT NULL, 
	user_id CHAR(32) NOT NULL, 
	wrapped JSON NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_custody_shares PRIMARY KEY (kid, user_id), 
	CONSTRAINT fk_custody_shares_kid_custody_keys FOREIGN KEY(kid) REFERENCES custody_keys (kid), 
	CONSTRAINT fk_custody_shares_user_id_users FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE TABLE cycle_entries (
	id CHAR(32) NOT NULL, 
	period_id CHAR(32) NOT NULL, 
	number VARCHAR, 
	text VARCHAR NOT NULL, 
	count INTEGER, 
	by_user CHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_cycle_entries PRIMARY KEY (id), 
	CONSTRAINT fk_cycle_entries_by_user_users FOREIGN KEY(by_user) REFERENCES users (id), 
	CONSTRAINT fk_cycle_entries_period_id_cycle_periods FOREIGN KEY(period_id) REFERENCES cycle_periods (id)
);
INSERT INTO "cycle_entries" VALUES('6a12ed4e8c714e56823a49838ba27153','db21401907694597bfcf378cbcd7f58a',NULL,'主要负责人到大厅现场办公。',2,'344feccba8db46ab9a8f7e5d6c685233','2026-10-04 23:44:01.444000');
INSERT INTO "cycle_entries" VALUES('cfab3a4f915d48e2803cc9173ff9cfaa','8ca106137fde4d0b842eca6d2840a1d2',NULL,'复查上下班纪律、会风和环境卫生，未见反弹。',NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-11-01 23:44:01.444000');
INSERT INTO "cycle_entries" VALUES('462a3a9be507499ba5f9a89d7e4363cc','21e0840e1785463bb8a64361ca8e8c3d',NULL,'主要负责人到大厅现场办公。',2,'344feccba8db46ab9a8f7e5d6c685233','2026-11-01 23:44:01.444000');
INSERT INTO "cycle_entries" VALUES('f1aefbf08b4841a6acec989ca997af50','c12e7fa9be3f4b60b7a51ae075ffa4bd','甲整办通〔2026〕1号','',NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-11-15 23:44:01.444000');
CREATE TABLE cycle_periods (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	rulebook_version_id CHAR(32) NOT NULL, 
	duty VARCHAR NOT NULL, 
	unit_id CHAR(32), 
	"key" VARCHAR NOT NULL, 
	from_day DATE NOT NULL, 
	to_day DATE NOT NULL, 
	due_at DATETIME NOT NULL, 
	state VARCHAR NOT NULL, 
	total INTEGER NOT NULL, 
	reminded_at DATETIME, 
	missed_at DATETIME, 
	fulfilled_at DATETIME, 
	CONSTRAINT pk_cycle_periods PRIMARY KEY (id), 
	CONSTRAINT ck_cycle_periods_state CHECK (state IN ('open', 'fulfilled', 'missed', 'late', 'void')), 
	CONSTRAINT fk_cycle_periods_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_cycle_periods_rulebook_version_id_rulebook_versions FOREIGN KEY(rulebook_version_id) REFERENCES rulebook_versions (id), 
	CONSTRAINT fk_cycle_periods_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_cycle_periods_campaign_id_key UNIQUE (campaign_id, "key")
);
INSERT INTO "cycle_periods" VALUES('e3e7d320037443bf8e57ae91680a2b42','6b8dca93f0404b55a7eb38cf02b7a494','96ab72c5a3404ac78dfe9b71d8aacf8e','covert-rounds',NULL,'covert-rounds//2026-09-24','2026-09-24','2026-09-30','2026-10-13 10:00:00.000000','missed',0,'2026-10-11 23:44:01.444000','2026-10-18 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('3bb90a5579aa47d89137d986b77a6c4b','6b8dca93f0404b55a7eb38cf02b7a494','96ab72c5a3404ac78dfe9b71d8aacf8e','covert-rounds',NULL,'covert-rounds//2026-10-01','2026-10-01','2026-10-31','2026-11-06 10:00:00.000000','missed',0,NULL,'2026-11-08 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('c12e7fa9be3f4b60b7a51ae075ffa4bd','6b8dca93f0404b55a7eb38cf02b7a494','96ab72c5a3404ac78dfe9b71d8aacf8e','covert-rounds',NULL,'covert-rounds//2026-11-01','2026-11-01','2026-11-30','2026-12-07 10:00:00.000000','fulfilled',0,NULL,NULL,'2026-11-15 23:44:01.444000');
INSERT INTO "cycle_periods" VALUES('599675a3736e4dd791a608c395628919','6b8dca93f0404b55a7eb38cf02b7a494','96ab72c5a3404ac78dfe9b71d8aacf8e','covert-rounds',NULL,'covert-rounds//2026-12-01','2026-12-01','2026-12-25','2027-01-04 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('de49da3b73db4bdab699078ac4429933','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','rebound-checks',NULL,'rebound-checks//2026-09-29','2026-09-29','2026-09-30','2026-10-13 10:00:00.000000','missed',0,'2026-10-11 23:44:01.444000','2026-10-18 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('8ca106137fde4d0b842eca6d2840a1d2','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','rebound-checks',NULL,'rebound-checks//2026-10-01','2026-10-01','2026-10-31','2026-11-06 10:00:00.000000','fulfilled',0,NULL,NULL,'2026-11-01 23:44:01.444000');
INSERT INTO "cycle_periods" VALUES('99fddd56279f42e5830cdaab80917317','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','rebound-checks',NULL,'rebound-checks//2026-11-01','2026-11-01','2026-11-30','2026-12-07 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('092c1c302f64409698f9cf9897162e60','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','rebound-checks',NULL,'rebound-checks//2026-12-01','2026-12-01','2026-12-31','2027-01-08 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('0418c5b5e9994d93b78ff007d60c0816','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','rebound-checks',NULL,'rebound-checks//2027-01-01','2027-01-01','2027-01-31','2027-02-05 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('748836c1d4e94f4ab55bb8a871e70f8b','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','rebound-checks',NULL,'rebound-checks//2027-02-01','2027-02-01','2027-02-28','2027-03-05 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('3c3a27fe81ce46e3b054c7c51a3670e4','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','rebound-checks',NULL,'rebound-checks//2027-03-01','2027-03-01','2027-03-31','2027-04-07 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('a8f135e9b114450eb9aa3ace0fb94e03','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','rebound-checks',NULL,'rebound-checks//2027-04-01','2027-04-01','2027-04-17','2027-04-23 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('db21401907694597bfcf378cbcd7f58a','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','leader-on-site','4bf49f563a964b3e8ece13c3eb824880','leader-on-site/4bf49f56-3a96-4b3e-8ece-13c3eb824880/2026-09-29','2026-09-29','2026-09-30','2026-10-10 10:00:00.000000','fulfilled',2,NULL,NULL,'2026-10-04 23:44:01.444000');
INSERT INTO "cycle_periods" VALUES('21e0840e1785463bb8a64361ca8e8c3d','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','leader-on-site','4bf49f563a964b3e8ece13c3eb824880','leader-on-site/4bf49f56-3a96-4b3e-8ece-13c3eb824880/2026-10-01','2026-10-01','2026-10-31','2026-11-04 10:00:00.000000','fulfilled',2,NULL,NULL,'2026-11-01 23:44:01.444000');
INSERT INTO "cycle_periods" VALUES('b1af6b91e159411a912d3870ac731cd2','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','leader-on-site','4bf49f563a964b3e8ece13c3eb824880','leader-on-site/4bf49f56-3a96-4b3e-8ece-13c3eb824880/2026-11-01','2026-11-01','2026-11-30','2026-12-03 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('f4bb5a1eb72543558a67e9ea10ab3020','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','leader-on-site','4bf49f563a964b3e8ece13c3eb824880','leader-on-site/4bf49f56-3a96-4b3e-8ece-13c3eb824880/2026-12-01','2026-12-01','2026-12-31','2027-01-06 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('840f46c0a22e47079c2d860fa07e2699','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','leader-on-site','4bf49f563a964b3e8ece13c3eb824880','leader-on-site/4bf49f56-3a96-4b3e-8ece-13c3eb824880/2027-01-01','2027-01-01','2027-01-31','2027-02-03 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('01b74f40a7d545efad855d32c3181a24','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','leader-on-site','4bf49f563a964b3e8ece13c3eb824880','leader-on-site/4bf49f56-3a96-4b3e-8ece-13c3eb824880/2027-02-01','2027-02-01','2027-02-28','2027-03-03 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('0889a124055943e2bb421bbfbfb5e3f9','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','leader-on-site','4bf49f563a964b3e8ece13c3eb824880','leader-on-site/4bf49f56-3a96-4b3e-8ece-13c3eb824880/2027-03-01','2027-03-01','2027-03-31','2027-04-05 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('38daafbe02344ff382429cb1f33fb43c','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','leader-on-site','4bf49f563a964b3e8ece13c3eb824880','leader-on-site/4bf49f56-3a96-4b3e-8ece-13c3eb824880/2027-04-01','2027-04-01','2027-04-17','2027-04-21 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('535efd34194243b2a0d5e8ecbf5aa21a','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','key-points',NULL,'key-points//2026-09-30','2026-09-30','2026-10-06','2026-10-13 10:00:00.000000','missed',0,'2026-10-11 23:44:01.444000','2026-10-18 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('8e3403c37fd748e2901cc95f74c8a1de','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','0bc008fdf97e4ac99180087666fa10fd','rectification-report/0bc008fd-f97e-4ac9-9180-087666fa10fd/2026-10-05','2026-10-05','2026-10-09','2026-10-13 10:00:00.000000','missed',0,'2026-10-11 23:44:01.444000','2026-10-18 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('2a1bfd1643e143b19246f1f8c576c54b','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','2eea26e46f624721aa257f5c651c8b87','rectification-report/2eea26e4-6f62-4721-aa25-7f5c651c8b87/2026-10-05','2026-10-05','2026-10-09','2026-10-13 10:00:00.000000','missed',0,'2026-10-11 23:44:01.444000','2026-10-18 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('735fa7edd0cb4b739d6df901ed753fe2','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','6390e8fe99a44bc3ac08f79c036659a9','rectification-report/6390e8fe-99a4-4bc3-ac08-f79c036659a9/2026-10-05','2026-10-05','2026-10-09','2026-10-13 10:00:00.000000','missed',0,'2026-10-11 23:44:01.444000','2026-10-18 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('b57f56df7ba5435b9429e7e179b6f138','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','746a29a47269458bb3cf3d5e905b7887','rectification-report/746a29a4-7269-458b-b3cf-3d5e905b7887/2026-10-05','2026-10-05','2026-10-09','2026-10-13 10:00:00.000000','missed',0,'2026-10-11 23:44:01.444000','2026-10-18 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('6b47e7e3fbba47b3bc15db123a1b0227','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','a21c12fd887b40bfa34b77ffbe978ea5','rectification-report/a21c12fd-887b-40bf-a34b-77ffbe978ea5/2026-10-05','2026-10-05','2026-10-09','2026-10-13 10:00:00.000000','missed',0,'2026-10-11 23:44:01.444000','2026-10-18 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('47ec1d1c66cb4f1b956eaf8d3f1e088f','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','e045ff7c751a437ab4bdb89ae716288b','rectification-report/e045ff7c-751a-437a-b4bd-b89ae716288b/2026-10-05','2026-10-05','2026-10-09','2026-10-13 10:00:00.000000','missed',0,'2026-10-11 23:44:01.444000','2026-10-18 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('36f003b090984ff5aa0bc2e141acedaf','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-inspection',NULL,'rectification-inspection//2026-10-05','2026-10-05','2026-10-09','2026-10-13 10:00:00.000000','missed',0,'2026-10-11 23:44:01.444000','2026-10-18 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('5c9fa8a03acd4e94b5cd1cb21fd2e64f','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','key-points',NULL,'key-points//2026-10-06','2026-10-06','2026-10-14','2026-10-21 10:00:00.000000','missed',0,'2026-10-18 23:44:01.444000','2026-10-25 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('64f40620a2554ae197b9a495c63254a9','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','0bc008fdf97e4ac99180087666fa10fd','rectification-report/0bc008fd-f97e-4ac9-9180-087666fa10fd/2026-10-09','2026-10-09','2026-10-28','2026-11-02 10:00:00.000000','missed',0,'2026-11-01 23:44:01.444000','2026-11-08 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('6d5a675a70b545c79936883afa890d9f','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','2eea26e46f624721aa257f5c651c8b87','rectification-report/2eea26e4-6f62-4721-aa25-7f5c651c8b87/2026-10-09','2026-10-09','2026-10-28','2026-11-02 10:00:00.000000','missed',0,'2026-11-01 23:44:01.444000','2026-11-08 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('6d4b2b4f7d1b4390bdcd9f6840b7d215','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','6390e8fe99a44bc3ac08f79c036659a9','rectification-report/6390e8fe-99a4-4bc3-ac08-f79c036659a9/2026-10-09','2026-10-09','2026-10-28','2026-11-02 10:00:00.000000','missed',0,'2026-11-01 23:44:01.444000','2026-11-08 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('456ce8e74ba94d16b977eaa7703fbb58','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','746a29a47269458bb3cf3d5e905b7887','rectification-report/746a29a4-7269-458b-b3cf-3d5e905b7887/2026-10-09','2026-10-09','2026-10-28','2026-11-02 10:00:00.000000','missed',0,'2026-11-01 23:44:01.444000','2026-11-08 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('9de26d9446814cd480e5f4c6636e244f','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','a21c12fd887b40bfa34b77ffbe978ea5','rectification-report/a21c12fd-887b-40bf-a34b-77ffbe978ea5/2026-10-09','2026-10-09','2026-10-28','2026-11-02 10:00:00.000000','missed',0,'2026-11-01 23:44:01.444000','2026-11-08 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('52f1249f3e4c45ad9974491f7624c2f3','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','e045ff7c751a437ab4bdb89ae716288b','rectification-report/e045ff7c-751a-437a-b4bd-b89ae716288b/2026-10-09','2026-10-09','2026-10-28','2026-11-02 10:00:00.000000','missed',0,'2026-11-01 23:44:01.444000','2026-11-08 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('e6e5d84015394a95abcb65008478e013','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-inspection',NULL,'rectification-inspection//2026-10-09','2026-10-09','2026-10-28','2026-11-02 10:00:00.000000','missed',0,'2026-11-01 23:44:01.444000','2026-11-08 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('8d158e49c06d48ec9834ce80109713fd','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','key-points',NULL,'key-points//2026-10-14','2026-10-14','2027-04-17','2027-04-23 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('e1ff4e07b40046f09715aa818f731714','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','0bc008fdf97e4ac99180087666fa10fd','rectification-report/0bc008fd-f97e-4ac9-9180-087666fa10fd/2026-10-28','2026-10-28','2026-11-11','2026-11-16 10:00:00.000000','missed',0,'2026-11-15 23:44:01.444000','2026-11-22 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('b3427b7c585a4a8a87c1009f777d8cdb','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','2eea26e46f624721aa257f5c651c8b87','rectification-report/2eea26e4-6f62-4721-aa25-7f5c651c8b87/2026-10-28','2026-10-28','2026-11-11','2026-11-16 10:00:00.000000','missed',0,'2026-11-15 23:44:01.444000','2026-11-22 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('bfbeab1cc0dc4d9baa5bb9425587402a','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','6390e8fe99a44bc3ac08f79c036659a9','rectification-report/6390e8fe-99a4-4bc3-ac08-f79c036659a9/2026-10-28','2026-10-28','2026-11-11','2026-11-16 10:00:00.000000','missed',0,'2026-11-15 23:44:01.444000','2026-11-22 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('edfdb7fa1748425d980a20ee258242e5','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','746a29a47269458bb3cf3d5e905b7887','rectification-report/746a29a4-7269-458b-b3cf-3d5e905b7887/2026-10-28','2026-10-28','2026-11-11','2026-11-16 10:00:00.000000','missed',0,'2026-11-15 23:44:01.444000','2026-11-22 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('fd30585227bc4bcfb693ef37f19a98bd','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','a21c12fd887b40bfa34b77ffbe978ea5','rectification-report/a21c12fd-887b-40bf-a34b-77ffbe978ea5/2026-10-28','2026-10-28','2026-11-11','2026-11-16 10:00:00.000000','missed',0,'2026-11-15 23:44:01.444000','2026-11-22 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('e3669f4ca51f47718feeab4b064eb4e9','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','e045ff7c751a437ab4bdb89ae716288b','rectification-report/e045ff7c-751a-437a-b4bd-b89ae716288b/2026-10-28','2026-10-28','2026-11-11','2026-11-16 10:00:00.000000','missed',0,'2026-11-15 23:44:01.444000','2026-11-22 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('a1540835c00543a98edccbdd78584c0e','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-inspection',NULL,'rectification-inspection//2026-10-28','2026-10-28','2026-11-11','2026-11-16 10:00:00.000000','missed',0,'2026-11-15 23:44:01.444000','2026-11-22 23:44:01.444000',NULL);
INSERT INTO "cycle_periods" VALUES('7d7f6684a3844324bbb6b79416926985','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','0bc008fdf97e4ac99180087666fa10fd','rectification-report/0bc008fd-f97e-4ac9-9180-087666fa10fd/2026-11-11','2026-11-11','2027-01-22','2027-01-27 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('76aeefbc9c934aaeba2978300908db19','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','2eea26e46f624721aa257f5c651c8b87','rectification-report/2eea26e4-6f62-4721-aa25-7f5c651c8b87/2026-11-11','2026-11-11','2027-01-22','2027-01-27 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('d28046ce45b241bca58219d4cb284905','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','6390e8fe99a44bc3ac08f79c036659a9','rectification-report/6390e8fe-99a4-4bc3-ac08-f79c036659a9/2026-11-11','2026-11-11','2027-01-22','2027-01-27 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('26d8b62722224bd6a696cd9ff91a2675','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','746a29a47269458bb3cf3d5e905b7887','rectification-report/746a29a4-7269-458b-b3cf-3d5e905b7887/2026-11-11','2026-11-11','2027-01-22','2027-01-27 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('39247250b8644285b99e76f96a40ab88','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','a21c12fd887b40bfa34b77ffbe978ea5','rectification-report/a21c12fd-887b-40bf-a34b-77ffbe978ea5/2026-11-11','2026-11-11','2027-01-22','2027-01-27 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('98a42fc6ea2942068b25cbb2389663a7','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-report','e045ff7c751a437ab4bdb89ae716288b','rectification-report/e045ff7c-751a-437a-b4bd-b89ae716288b/2026-11-11','2026-11-11','2027-01-22','2027-01-27 10:00:00.000000','open',0,NULL,NULL,NULL);
INSERT INTO "cycle_periods" VALUES('2fa19ea5a6084a3b9edb74b88508809f','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','rectification-inspection',NULL,'rectification-inspection//2026-11-11','2026-11-11','2027-01-22','2027-01-27 10:00:00.000000','open',0,NULL,NULL,NULL);
CREATE TABLE decisions (
	id CHAR(32) NOT NULL, 
	record_id CHAR(32) NOT NULL, 
	record_sha256 VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	reason VARCHAR, 
	remarks JSON NOT NULL, 
	note VARCHAR, 
	reviewer_id CHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	document JSON NOT NULL, 
	details JSON NOT NULL, 
	details_salt VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	CONSTRAINT pk_decisions PRIMARY KEY (id), 
	CONSTRAINT fk_decisions_record_id_records FOREIGN KEY(record_id) REFERENCES records (id), 
	CONSTRAINT fk_decisions_record_sha256_record_versions FOREIGN KEY(record_sha256) REFERENCES record_versions (record_sha256), 
	CONSTRAINT fk_decisions_reviewer_id_users FOREIGN KEY(reviewer_id) REFERENCES users (id)
);
INSERT INTO "decisions" VALUES('526ad1d2275c4d01933fef985c60c99e','3de334e1cf304c7bbdd7a8ea8c7f52e3','354b8acb77c3d518a9ef3b9a2d93556f25adf4d8e3281492004b757e2bde2688','accepted',NULL,'[]',NULL,'4ed633584770434c84bda1913fdbc703','2026-10-14 08:55:00.000000','{"v": 1, "record": "3de334e1-cf30-4c7b-bdd7-a8ea8c7f52e3", "record_sha256": "354b8acb77c3d518a9ef3b9a2d93556f25adf4d8e3281492004b757e2bde2688", "decision": "accepted", "day": "2026-10-14", "details_c": "1eecd775ec0f3762c40b037464b7353f97521df203a4918a5eb48d1af26854d8"}','{"reason": null, "remarks": [], "findings": [], "at": "2026-10-14T08:55:00.000Z"}','2dbb9aa1b07995a3d30c99edd5bb8f0c','68a39d74b4088ade3a1f4b3f9607c7d614d05710ead8a6b12999ebbc3fdea2af');
INSERT INTO "decisions" VALUES('6b0659b446cc426481ffaece160cef27','0040a7057be141bb9e575890504d24fc','762b1150d64a3c48b0a2713991e142c4e9148bc6465fa13a4747287a58adecd2','accepted',NULL,'[]',NULL,'4ed633584770434c84bda1913fdbc703','2026-10-15 14:05:00.000000','{"v": 1, "record": "0040a705-7be1-41bb-9e57-5890504d24fc", "record_sha256": "762b1150d64a3c48b0a2713991e142c4e9148bc6465fa13a4747287a58adecd2", "decision": "accepted", "day": "2026-10-15", "details_c": "4f77a21ab1415d89ff2a62ee7ed34482dfa44084590fec88588da2693f1f5e1d"}','{"reason": null, "remarks": [], "findings": [{"item": "deputy", "text": "\u7a97\u53e3\u4eba\u5458\u79bb\u5f00\u65f6\u65e0\u4eba\u9876\u5c97\u3002", "points": 8, "veto": false, "pictures": []}], "at": "2026-10-15T14:05:00.000Z"}','748df9ce7f40aa3182e34f3f7449a5f2','aff1b55bc50ab9ef7e48db857f29af139be44963b52c935d8ca0ede8ad719e0c');
INSERT INTO "decisions" VALUES('8655fa51a36441c696b2a655c836ed12','8caa7399f4a04b1aa035328dfa49db00','8032cf88933239f3998b1b220b1590be652c87cad50bc723b9175e760078be19','accepted',NULL,'[]',NULL,'4ed633584770434c84bda1913fdbc703','2026-10-17 08:48:00.000000','{"v": 1, "record": "8caa7399-f4a0-4b1a-a035-328dfa49db00", "record_sha256": "8032cf88933239f3998b1b220b1590be652c87cad50bc723b9175e760078be19", "decision": "accepted", "day": "2026-10-17", "details_c": "0c1d2249900371d12cfcc558034e75acbd88b403ede871d1e03b33bc7e39e28b"}','{"reason": null, "remarks": [], "findings": [{"item": "deputy", "text": "\u7a97\u53e3\u4eba\u5458\u79bb\u5f00\u65f6\u65e0\u4eba\u9876\u5c97\u3002", "points": 8, "veto": false, "pictures": []}], "at": "2026-10-17T08:48:00.000Z"}','ba9be859db30a8d2cc2b2dd75a7285c7','ce1ccbffdfac04169d255aae9a282c26720695c7ee675e9f44084f0ebee180b1');
INSERT INTO "decisions" VALUES('e59ef9306273455a9cfd66d52ac3d87a','c92def97023a42879308ccbaaf69ea73','ba7b385436586921f628921c103cee9c3ad51ac8770e5276804c6b4a769b3f76','accepted',NULL,'[]',NULL,'4ed633584770434c84bda1913fdbc703','2026-10-18 13:29:00.000000','{"v": 1, "record": "c92def97-023a-4287-9308-ccbaaf69ea73", "record_sha256": "ba7b385436586921f628921c103cee9c3ad51ac8770e5276804c6b4a769b3f76", "decision": "accepted", "day": "2026-10-18", "details_c": "ebf7d312bd648c9a1acf7950729341020f30eb1268d822335576884af1096bce"}','{"reason": null, "remarks": [], "findings": [], "at": "2026-10-18T13:29:00.000Z"}','ed9853a51b26b05aa98e2541a93a3071','c7e12cfb32c93bd020bcc9f8542bca4fde3b7e7daee3342354b987286e2ed91d');
INSERT INTO "decisions" VALUES('2d42ec7363aa4c199ed080c7156b60ff','065682aaa48641fa9416f7094c952ba4','5d9ad474a3753ad61d5603e9c09e14ec3520631d39b18efae6bcc209c4fe6107','accepted',NULL,'[]',NULL,'4ed633584770434c84bda1913fdbc703','2026-10-20 10:23:00.000000','{"v": 1, "record": "065682aa-a486-41fa-9416-f7094c952ba4", "record_sha256": "5d9ad474a3753ad61d5603e9c09e14ec3520631d39b18efae6bcc209c4fe6107", "decision": "accepted", "day": "2026-10-20", "details_c": "56981a6392f9472b6a1e79017830a300de67184cde68af1b2c206177673f2a46"}','{"reason": null, "remarks": [], "findings": [{"item": "deputy", "text": "\u7a97\u53e3\u4eba\u5458\u79bb\u5f00\u65f6\u65e0\u4eba\u9876\u5c97\u3002", "points": 8, "veto": false, "pictures": []}, {"item": "first_contact", "text": "\u8be2\u95ee\u5176\u4ed6\u4e8b\u9879\uff0c\u7b54\u590d\u4e0d\u6e05\u695a\uff0c\u672a\u5f15\u9886\u3002", "points": 10, "veto": false, "pictures": []}], "at": "2026-10-20T10:23:00.000Z"}','3015aa92e7122f26c5eee6bf61a868f4','418d88c75093ee1918e464484471926685d8d70b30e2493ef659ef3d536d474f');
INSERT INTO "decisions" VALUES('66ca3e25b4114b44886ea4aaad1b27f8','d1b571fb345143b3b902f57bb305ba30','f3db883969745f74250f3fbadc8da05242fa245cf13148d0759157e4a49d3097','accepted',NULL,'[]',NULL,'4ed633584770434c84bda1913fdbc703','2026-10-21 14:56:00.000000','{"v": 1, "record": "d1b571fb-3451-43b3-b902-f57bb305ba30", "record_sha256": "f3db883969745f74250f3fbadc8da05242fa245cf13148d0759157e4a49d3097", "decision": "accepted", "day": "2026-10-21", "details_c": "02b7645173ce60a92590f67451b83d897b03c498fa5482e8ffb94b776dd5da2c"}','{"reason": null, "remarks": [], "findings": [{"item": "deputy", "text": "\u7a97\u53e3\u4eba\u5458\u79bb\u5f00\u65f6\u65e0\u4eba\u9876\u5c97\u3002", "points": 8, "veto": false, "pictures": []}], "at": "2026-10-21T14:56:00.000Z"}','3023c826294beea84e606b65a866e006','cb1ca19da0bc8be13df271fb5b0a696c0b4b49928be3ea0a7d3459b32e9603ac');
INSERT INTO "decisions" VALUES('765cb1fdb38a4b978d28811446395f36','755009c2a241408d9c84d7e39ae36e6f','d3ff405abed458925bbf13d9fdc04df71ba8846d7586f2de33dc2033a8d0710a','accepted',NULL,'[]',NULL,'4ed633584770434c84bda1913fdbc703','2026-10-23 08:26:00.000000','{"v": 1, "record": "755009c2-a241-408d-9c84-d7e39ae36e6f", "record_sha256": "d3ff405abed458925bbf13d9fdc04df71ba8846d7586f2de33dc2033a8d0710a", "decision": "accepted", "day": "2026-10-23", "details_c": "6a9ad9b4fdf9e6f95fad4fadb76e7db00e39d5180946697b5497a0a1e9d8f94e"}','{"reason": null, "remarks": [], "findings": [{"item": "deputy", "text": "\u7a97\u53e3\u4eba\u5458\u79bb\u5f00\u65f6\u65e0\u4eba\u9876\u5c97\u3002", "points": 8, "veto": false, "pictures": []}], "at": "2026-10-23T08:26:00.000Z"}','7a6f599a42e41aa98cd8f3fb62de1adb','348d51074515f851377daf3175b3c245cca1304948327c1548327d73e004e221');
INSERT INTO "decisions" VALUES('8d430a60fec242ae8f287aaeb5ccd546','9e683a334bdb4d179bbeb17116c65a1e','6362a41ff3402a90a557bd8a2ed882643ecbaf5d9d3d3a5f5eb1b13cfd1bc42f','accepted',NULL,'[]',NULL,'4ed633584770434c84bda1913fdbc703','2026-10-24 13:03:00.000000','{"v": 1, "record": "9e683a33-4bdb-4d17-9bbe-b17116c65a1e", "record_sha256": "6362a41ff3402a90a557bd8a2ed882643ecbaf5d9d3d3a5f5eb1b13cfd1bc42f", "decision": "accepted", "day": "2026-10-24", "details_c": "d77d7f7c387bdaef0df9877a346a85fab888af4c18dc26d1b6c05dc49a8957b9"}','{"reason": null, "remarks": [], "findings": [], "at": "2026-10-24T13:03:00.000Z"}','27f9f29bfa9ad5ee248a26bc075af518','ed31e6565828f6900a245a219efd074a4c67f299e384199e3001347c15002e07');
INSERT INTO "decisions" VALUES('d94f8aefe1be43cb9e42c60405264e01','33a14faba4c54bc28a7af0172cf7a0ec','90babeb1692431460c5035be18f53f90ae260d9ff0249d5174f075749ac1e1f4','accepted',NULL,'[]',NULL,'4ed633584770434c84bda1913fdbc703','2026-11-11 08:04:00.000000','{"v": 1, "record": "33a14fab-a4c5-4bc2-8a7a-f0172cf7a0ec", "record_sha256": "90babeb1692431460c5035be18f53f90ae260d9ff0249d5174f075749ac1e1f4", "decision": "accepted", "day": "2026-11-11", "details_c": "c06dcdc650635f0b912639b65fe284747be331e8dc8a332a584dd3bc5129c6e1"}','{"reason": null, "remarks": [], "findings": [{"item": "meter", "text": "\u51fa\u79df\u6c7d\u8f66\u8f7d\u5ba2\u672a\u4f7f\u7528\u8ba1\u4ef7\u5668\u3002", "points": 12, "veto": true, "pictures": ["825afce1d9641aa84d877002758d2ad0c4e94c4477bd85555dc53be16647581e"]}, {"item": "fare", "text": "\u8bae\u4ef7\u6536\u8d39\uff0c\u9ad8\u4e8e\u8ba1\u4ef7\u5668\u5e94\u6536\u91d1\u989d\u3002", "points": 8, "veto": true, "pictures": []}, {"item": "receipt", "text": "\u672a\u6309\u89c4\u5b9a\u51fa\u5177\u7968\u636e\u3002", "points": 8, "veto": false, "pictures": []}], "at": "2026-11-11T08:04:00.000Z"}','9660f645f66ff2fe293763d7cad07880','70f4ceca6d347574ea33b6250020da348565bb317e181302b6a011ff4c141190');
INSERT INTO "decisions" VALUES('c3ac5a4f0c6e404da1cd7ba165dddcd1','5f757031ec774d21a96544044dddef21','daff1e06a988e9970d4277fd79fc0d22a005211c6e454bb3d32dd55f2bac9525','accepted',NULL,'[]',NULL,'4ed633584770434c84bda1913fdbc703','2026-11-12 08:44:00.000000','{"v": 1, "record": "5f757031-ec77-4d21-a965-44044dddef21", "record_sha256": "daff1e06a988e9970d4277fd79fc0d22a005211c6e454bb3d32dd55f2bac9525", "decision": "accepted", "day": "2026-11-12", "details_c": "8ecda44d7cf83cb312691e25d0c590016847db34e572cb57f903a8a4df975242"}','{"reason": null, "remarks": [], "findings": [{"item": "on_duty", "text": "\u5de5\u4f5c\u65f6\u95f47\u53f7\u7a97\u53e3\u65e0\u4eba\u5728\u5c97\uff0c\u7fa4\u4f17\u7b49\u5019\u4e09\u5341\u5206\u949f\u4ee5\u4e0a\u3002", "points": 10, "veto": false, "pictures": ["65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f"]}, {"item": "deputy", "text": "\u672a\u843d\u5b9eAB\u5c97\uff0c\u7a97\u53e3\u7a7a\u5c97\u65e0\u4eba\u9876\u66ff\u3002", "points": 8, "veto": false, "pictures": []}, {"item": "first_contact", "text": "\u9996\u95ee\u8d23\u4efb\u672a\u843d\u5b9e\uff0c\u672a\u5f15\u9886\u529e\u4e8b\u7fa4\u4f17\u3002", "points": 10, "veto": false, "pictures": []}], "at": "2026-11-12T08:44:00.000Z"}','d5fe7166c6d96f6f71d054a75dd84b97','28a5c6be8443d227b6d5ba6ae3d16977b64411285b4f99d7dfa26fd112a2ad82');
INSERT INTO "decisions" VALUES('03230c548bef44369d5383a06a5b155e','50f9d8beaf9b4ad38455bd5009775c38','a181a91ed895e6b19506086604ce098fa22c816ddaaeb0130b40760b1173b154','accepted',NULL,'[]',NULL,'4ed633584770434c84bda1913fdbc703','2026-11-14 09:19:00.000000','{"v": 1, "record": "50f9d8be-af9b-4ad3-8455-bd5009775c38", "record_sha256": "a181a91ed895e6b19506086604ce098fa22c816ddaaeb0130b40760b1173b154", "decision": "accepted", "day": "2026-11-14", "details_c": "111e91f7f221364160cd1f7ecde6325f67c52d6f29bc68d1401dc262796b05f3"}','{"reason": null, "remarks": [], "findings": [], "at": "2026-11-14T09:19:00.000Z"}','9d7d7f195b080e265a49b45f9e2409d2','3d6aa5022af377ec40304618a78c5f8bec921c3bb2929f34ddf2f2a4f98fb5f4');
INSERT INTO "decisions" VALUES('83766d6c49594270b9ce92863b18dea7','d7c92fa380cb40fb96ccaef1e2b1170a','bb5f00dde272ebf7f81533bbc1f18edb97f3d38853a6fc59dd3182eec132f992','returned',NULL,'[{"item": "no_smoking", "text": "\u8bf7\u8bf4\u660e\u5177\u4f53\u4f4d\u7f6e\uff08\u697c\u5c42\u3001\u671d\u5411\uff09\uff0c\u4fbf\u4e8e\u6838\u5bf9\u3002"}]',NULL,'4ed633584770434c84bda1913fdbc703','2026-11-21 14:07:00.000000','{"v": 1, "record": "d7c92fa3-80cb-40fb-96cc-aef1e2b1170a", "record_sha256": "bb5f00dde272ebf7f81533bbc1f18edb97f3d38853a6fc59dd3182eec132f992", "decision": "returned", "day": "2026-11-21", "details_c": "de5c7bf8df9b6a11eede55c4cb12670fc0f4b4ea68adc8c9526d9cd8faf9242d"}','{"reason": null, "remarks": [{"item": "no_smoking", "text": "\u8bf7\u8bf4\u660e\u5177\u4f53\u4f4d\u7f6e\uff08\u697c\u5c42\u3001\u671d\u5411\uff09\uff0c\u4fbf\u4e8e\u6838\u5bf9\u3002"}], "findings": [], "at": "2026-11-21T14:07:00.000Z"}','8b183c0a0892d9fcd442dd1866bdace6','2cdbcadf3a05f689ba7ae21f79dd7b4504501e7da4c854daf4d72c5137902386');
CREATE TABLE deletions (
	certificate_sha256 VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	keys JSON NOT NULL, 
	rule VARCHAR NOT NULL, 
	certificate VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	removed_at DATETIME, 
	CONSTRAINT pk_deletions PRIMARY KEY (certificate_sha256)
);
CREATE TABLE device_nonces (
	nonce_sha256 VARCHAR NOT NULL, 
	device_id CHAR(32) NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_device_nonces PRIMARY KEY (nonce_sha256), 
	CONSTRAINT fk_device_nonces_device_id_devices FOREIGN KEY(device_id) REFERENCES devices (id) ON DELETE CASCADE
);
CREATE TABLE device_tokens (
	token_sha256 VARCHAR NOT NULL, 
	device_id CHAR(32) NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_device_tokens PRIMARY KEY (token_sha256), 
	CONSTRAINT fk_device_tokens_device_id_devices FOREIGN KEY(device_id) REFERENCES devices (id) ON DELETE CASCADE
);
INSERT INTO "device_tokens" VALUES('1497e64d43c0ac51a124b1a1cc71a772278cf31e84f805378ce7e7737fcb431b','f47da8efaecf4effb965f776bd501c47','2026-10-14 13:25:00.000000');
INSERT INTO "device_tokens" VALUES('5263ef6bfd0cdb71571cb2d6a1c2178f90d9c372bd72e9fad545ba287da3527c','56cc77c06b5a4465b5ebdf30ebc5a8a5','2026-10-15 18:30:00.000000');
INSERT INTO "device_tokens" VALUES('9615efde4fe3c3fdc8dd7eb301e5de02c8eebb5eef978cb7fc56483569875d50','932366ce8568466ca20ee8ac83541cf9','2026-10-17 13:10:00.000000');
INSERT INTO "device_tokens" VALUES('ab15d609c24987d1a6d99725e185692d86aa23d01a54530734f63c0b82ebf45b','f47da8efaecf4effb965f776bd501c47','2026-10-18 18:00:00.000000');
INSERT INTO "device_tokens" VALUES('dd7a2bde5819c06e709c03b5216ac2b54a0463d04982885cd0b8ea3c5fe13ded','56cc77c06b5a4465b5ebdf30ebc5a8a5','2026-10-20 14:40:00.000000');
INSERT INTO "device_tokens" VALUES('bfc45a3d52aaae0a196aae4976803543aaeb0a0383928eec0349e0b6f43842b7','932366ce8568466ca20ee8ac83541cf9','2026-10-21 19:25:00.000000');
INSERT INTO "device_tokens" VALUES('fb321b1e455a1c33274840e40dd817ab97d9c0a1b1a4a1f9bec123ed5c824ea9','f47da8efaecf4effb965f776bd501c47','2026-10-23 12:50:00.000000');
INSERT INTO "device_tokens" VALUES('1dd2c110d670c2deac23dff48d2536fa51759ba58026dab1c2e3bd34ac6be578','56cc77c06b5a4465b5ebdf30ebc5a8a5','2026-10-24 17:35:00.000000');
INSERT INTO "device_tokens" VALUES('518436b48fd9b2db103f91ea3b612f689d9b04228d6d7947d06e6aff96456fcd','56cc77c06b5a4465b5ebdf30ebc5a8a5','2026-11-11 12:40:00.000000');
INSERT INTO "device_tokens" VALUES('7b76c05f7bc1cf64e2b741c1e802bd751de51ff7683c769b734499c80a137342','932366ce8568466ca20ee8ac83541cf9','2026-11-12 12:55:00.000000');
INSERT INTO "device_tokens" VALUES('e538f80167712cc9c2834a1ba116f8c860255d7ef4dc9d4525d6108d78bb1f28','932366ce8568466ca20ee8ac83541cf9','2026-11-14 13:50:00.000000');
INSERT INTO "device_tokens" VALUES('8847611a73626363d63f7097c1a505d8df6326ec26fdceff2ad42dc4f218a722','f47da8efaecf4effb965f776bd501c47','2026-11-19 18:10:00.000000');
INSERT INTO "device_tokens" VALUES('81f44087c443f2e54de75e99c92bd9e4e91223d677cbc477c36bca9a317954d7','f47da8efaecf4effb965f776bd501c47','2026-11-20 21:25:00.000000');
INSERT INTO "device_tokens" VALUES('a848597cc06cabbe58fbd807b62129bd8bf74fa9635fc7346fb386dcfcde0ba0','56cc77c06b5a4465b5ebdf30ebc5a8a5','2026-11-21 18:40:00.000000');
INSERT INTO "device_tokens" VALUES('a83d220037548218d5d2c3ffd94f314756d4849125a652ab572a17536ab77b9a','932366ce8568466ca20ee8ac83541cf9','2026-11-22 12:25:00.000000');
CREATE TABLE devices (
	id CHAR(32) NOT NULL, 
	inspector_id CHAR(32) NOT NULL, 
	jwk JSON NOT NULL, 
	thumbprint VARCHAR NOT NULL, 
	enrolled_at DATETIME NOT NULL, 
	confirmed_at DATETIME, 
	revoked_at DATETIME, 
	last_seen_on DATE, 
	app_version VARCHAR, 
	unsent INTEGER, 
	CONSTRAINT pk_devices PRIMARY KEY (id), 
	CONSTRAINT fk_devices_inspector_id_inspectors FOREIGN KEY(inspector_id) REFERENCES inspectors (id), 
	CONSTRAINT uq_devices_thumbprint UNIQUE (thumbprint)
);
INSERT INTO "devices" VALUES('56cc77c06b5a4465b5ebdf30ebc5a8a5','f7e3a9469856477f8962aa4ec3de4d7d','{"crv": "P-256", "kty": "EC", "x": "1Vm4zuQ09znnw1qi9airNNVBxW4AZhjeiYWBWV_50Rs", "y": "zCEQ16pULiW_HKojn1S7Ybw09pGSR-LN8S4pEpZlicQ"}','l4BSiYnhefzxfiIIX4Cyb0eoP9Dcy82v39RdnlN8dug','2026-09-23 23:44:01.444000','2026-09-23 23:44:01.444000',NULL,'2026-11-21',NULL,NULL);
INSERT INTO "devices" VALUES('932366ce8568466ca20ee8ac83541cf9','ea543582cd67473fa882e24fdfcf2648','{"crv": "P-256", "kty": "EC", "x": "1xNQxMabPOtnJjNmI_G91lkCBUTWWe2-etdfNveNfnE", "y": "HgkmBrctMtb0Uis2vHB-h2EnkGHYTRVxjZ2QReShdn8"}','QRbA3PjncwupGKovzOmqKP2FkyX3tawHpotHTsirsnA','2026-09-23 23:44:01.444000','2026-09-23 23:44:01.444000',NULL,'2026-11-22',NULL,NULL);
INSERT INTO "devices" VALUES('f47da8efaecf4effb965f776bd501c47','5bf77597808a4ed98d9e50444ac87169','{"crv": "P-256", "kty": "EC", "x": "X5Rs5FLU_BGtsh6LoigU8QMwsyug380NPsH8ZLkDN2A", "y": "vEL-8jwDbSFVF5BbK-zBv-rKWZ1qQFvAWgH9-NVygf8"}','ZVgUwxncW-cK_Z1Yv5fVA3qcaR4WDUPB0rp_C18n1zA','2026-09-23 23:44:01.444000','2026-09-23 23:44:01.444000',NULL,'2026-11-20',NULL,NULL);
CREATE TABLE disclosures (
	id CHAR(32) NOT NULL, 
	record_id CHAR(32), 
	inspector_id CHAR(32) NOT NULL, 
	with_certificates BOOLEAN NOT NULL, 
	with_witnesses BOOLEAN NOT NULL, 
	reason VARCHAR NOT NULL, 
	asked_by CHAR(32) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	open_reason VARCHAR, 
	opened_by CHAR(32), 
	opened_at DATETIME, 
	document JSON, 
	sha256 VARCHAR, 
	released JSON, 
	CONSTRAINT pk_disclosures PRIMARY KEY (id), 
	CONSTRAINT fk_disclosures_asked_by_users FOREIGN KEY(asked_by) REFERENCES users (id), 
	CONSTRAINT fk_disclosures_inspector_id_inspectors FOREIGN KEY(inspector_id) REFERENCES inspectors (id), 
	CONSTRAINT fk_disclosures_opened_by_users FOREIGN KEY(opened_by) REFERENCES users (id), 
	CONSTRAINT fk_disclosures_record_id_records FOREIGN KEY(record_id) REFERENCES records (id)
);
CREATE TABLE document_templates (
	id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	content JSON NOT NULL, 
	note VARCHAR NOT NULL, 
	made_by CHAR(32), 
	made_at DATETIME NOT NULL, 
	published_by CHAR(32), 
	published_at DATETIME, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_document_templates PRIMARY KEY (id), 
	CONSTRAINT ck_document_templates_version CHECK (version >= 1), 
	CONSTRAINT fk_document_templates_made_by_users FOREIGN KEY(made_by) REFERENCES users (id), 
	CONSTRAINT fk_document_templates_published_by_users FOREIGN KEY(published_by) REFERENCES users (id), 
	CONSTRAINT uq_document_templates_kind_version UNIQUE (kind, version)
);
INSERT INTO "document_templates" VALUES('873f4df966cf410582dcf41a081c7027','exposure',1,'{"title": "\u5173\u4e8e${theme}\u6697\u8bbf\u60c5\u51b5\u7684\u901a\u62a5", "body": [{"text": "${period}\uff0c${office}\u7ec4\u7ec7\u6697\u8bbf\u4eba\u5458\uff0c\u91c7\u53d6\u4e0d\u53d1\u901a\u77e5\u3001\u4e0d\u6253\u62db\u547c\u3001\u4e0d\u542c\u6c47\u62a5\u3001\u4e0d\u7528\u966a\u540c\u63a5\u5f85\uff0c\u76f4\u5954\u57fa\u5c42\u3001\u76f4\u63d2\u73b0\u573a\u7684\u65b9\u5f0f\uff0c\u5bf9${coverage}\u5f00\u5c55\u4e86\u6697\u8bbf\uff0c\u73b0\u573a\u6838\u5bf9\u5e76\u62cd\u7167\u53d6\u8bc1\u3002\u73b0\u5c06\u6709\u5173\u60c5\u51b5\u901a\u62a5\u5982\u4e0b\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u603b\u4f53\u60c5\u51b5", "level": 1}, {"text": "\u672c\u6b21\u6697\u8bbf\u5171\u5230\u8bbf${units}\u4e2a\u5355\u4f4d\u3001${visits}\u4e2a\u70b9\u6b21\u3002\u5176\u4e2d\uff0c${clean_units}\u4e2a\u5355\u4f4d\u672a\u53d1\u73b0\u95ee\u9898\uff0c${faulty_units}\u4e2a\u5355\u4f4d\u5b58\u5728\u95ee\u9898\uff0c\u5171\u67e5\u5b9e\u95ee\u9898${findings}\u4e2a\u3002", "heading": "", "level": 0}, {"text": "\u4ece\u6697\u8bbf\u60c5\u51b5\u770b\uff0c${view}", "heading": "", "level": 0}, {"text": "${problem_classes}", "heading": "\u5b58\u5728\u7684\u4e3b\u8981\u95ee\u9898", "level": 1}, {"text": "", "heading": "\u9648\u8ff0\u7533\u8fa9\u60c5\u51b5", "level": 1}, {"text": "${hearing}", "heading": "", "level": 0}, {"text": "", "heading": "\u5904\u7406\u8981\u6c42", "level": 1}, {"text": "\u8bf7\u6709\u5173\u5355\u4f4d\u5bf9\u7167\u901a\u62a5\u7684\u95ee\u9898\u7acb\u884c\u7acb\u6539\uff0c\u4e8e${deadline}\u524d\u5c06\u6574\u6539\u60c5\u51b5\u4e66\u9762\u62a5\u9001${office}\u3002${office}\u5c06\u5bf9\u6574\u6539\u60c5\u51b5\u7ec4\u7ec7\u590d\u6838\uff0c\u6574\u6539\u4e0d\u529b\u3001\u95ee\u9898\u53cd\u5f39\u7684\uff0c\u6309\u7a0b\u5e8f\u63d0\u8bf7\u6709\u5173\u673a\u5173\u5904\u7406\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u4e0b\u6b65\u5de5\u4f5c", "level": 1}, {"text": "\u5404\u5355\u4f4d\u8981\u5f15\u4ee5\u4e3a\u6212\u3001\u4e3e\u4e00\u53cd\u4e09\uff0c\u5bf9\u7167\u68c0\u67e5\u672c\u5355\u4f4d\u540c\u7c7b\u95ee\u9898\uff0c\u5065\u5168\u957f\u6548\u673a\u5236\u3002${office}\u5c06\u7ee7\u7eed\u5f00\u5c55\u6697\u8bbf\uff0c\u5e76\u9002\u65f6\u201c\u56de\u5934\u770b\u201d\u3002", "heading": "", "level": 0}], "phrases": {"unmet": "\u672a\u505a\u5230\uff1a${requirement}", "problem_class": "${problem}\uff08${count}\u4e2a\uff09\u3002", "problem_fact": "${day}\uff0c${unit}${place}\uff0c${fact}", "hearing_heard": "\u901a\u62a5\u524d\uff0c\u4e0a\u8ff0\u95ee\u9898\u5df2\u9010\u4e00\u53cd\u9988\u6709\u5173\u5355\u4f4d\u3002${heard}\u4e2a\u5355\u4f4d\u4f5c\u4e86\u9648\u8ff0\u7533\u8fa9\uff0c\u529e\u516c\u5ba4\u9010\u6761\u590d\u6838\u540e\u8ba4\u5b9a\u4ee5\u4e0a\u4e8b\u5b9e\u3002", "hearing_expired": "${expired}\u4e2a\u5355\u4f4d\u5728\u89c4\u5b9a\u671f\u9650\u5185\u672a\u63d0\u51fa\u9648\u8ff0\u7533\u8fa9\u3002", "hearing_none": "\u901a\u62a5\u524d\uff0c\u4e0a\u8ff0\u95ee\u9898\u5df2\u9010\u4e00\u53cd\u9988\u6709\u5173\u5355\u4f4d\uff0c\u6709\u5173\u5355\u4f4d\u5728\u89c4\u5b9a\u671f\u9650\u5185\u5747\u672a\u63d0\u51fa\u9648\u8ff0\u7533\u8fa9\u3002"}, "fields": []}','',NULL,'2026-11-22 23:44:01.354000',NULL,'2026-11-22 23:44:01.353000',1);
INSERT INTO "document_templates" VALUES('dc188c961a8143fa9dbd1ac5bc382999','rectification',1,'{"title": "\u5173\u4e8e${subject}\u7684\u6574\u6539\u901a\u77e5\u4e66", "body": [{"text": "${period}\uff0c${office}\u5728\u6697\u8bbf\u4e2d\u53d1\u73b0\u4f60\u5355\u4f4d\u5b58\u5728\u4ee5\u4e0b\u95ee\u9898\uff0c\u73b0\u901a\u77e5\u4f60\u5355\u4f4d\u9650\u671f\u6574\u6539\u3002", "heading": "", "level": 0}, {"text": "${facts}", "heading": "\u67e5\u660e\u7684\u4e8b\u5b9e", "level": 1}, {"text": "\u4ee5\u4e0a\u4e8b\u5b9e\u6709\u6697\u8bbf\u8bb0\u5f55\u4e3a\u8bc1\uff0c\u8bc1\u636e\u7f16\u53f7\uff1a${evidence}\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u6574\u6539\u4f9d\u636e", "level": 1}, {"text": "${basis}", "heading": "", "level": 0}, {"text": "${demands}", "heading": "\u6574\u6539\u8981\u6c42", "level": 1}, {"text": "", "heading": "\u6574\u6539\u671f\u9650", "level": 1}, {"text": "\u8bf7\u4e8e${deadline}\u524d\u5b8c\u6210\u6574\u6539\u3002${holiday_note}", "heading": "", "level": 0}, {"text": "", "heading": "\u53cd\u9988\u65b9\u5f0f", "level": 1}, {"text": "\u6574\u6539\u5b8c\u6210\u540e\uff0c\u8bf7\u767b\u5f55\u5355\u4f4d\u5de5\u4f5c\u53f0\u6216\u4ee5\u4e66\u9762\u5f62\u5f0f\u5411${office}\u62a5\u9001\u6574\u6539\u60c5\u51b5\uff0c\u5e76\u9644\u6574\u6539\u524d\u540e\u5bf9\u6bd4\u6750\u6599\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u9648\u8ff0\u7533\u8fa9", "level": 1}, {"text": "\u4f60\u5355\u4f4d\u5bf9\u4e0a\u8ff0\u4e8b\u5b9e\u6709\u5f02\u8bae\u7684\uff0c\u53ef\u4e8e${defence_deadline}\u524d\u5411${office}\u9648\u8ff0\u7533\u8fa9\uff0c\u5e76\u63d0\u4ea4\u6709\u5173\u6750\u6599\u3002\u4e0d\u56e0\u9648\u8ff0\u7533\u8fa9\u52a0\u91cd\u5904\u7406\u3002", "heading": "", "level": 0}], "phrases": {"fact": "${day}\uff0c${place}\uff0c${fact}", "fact_without_place": "${day}\uff0c${fact}", "holiday_note": "\u671f\u9650\u5185\u7684\u6cd5\u5b9a\u8282\u5047\u65e5\u5b89\u6392\u516c\u5e03\u540e\u5982\u6709\u53d8\u5316\uff0c\u53e6\u884c\u901a\u77e5\u3002"}, "fields": []}','',NULL,'2026-11-22 23:44:01.354000',NULL,'2026-11-22 23:44:01.353000',1);
INSERT INTO "document_templates" VALUES('5f7d76dc9a284939a51284b1a5c62f69','supervision',1,'{"title": "\u5173\u4e8e${matter}\u7684\u7763\u529e\u51fd", "body": [{"text": "", "heading": "\u7763\u529e\u4e8b\u9879", "level": 1}, {"text": "${matter_text}", "heading": "", "level": 0}, {"text": "", "heading": "\u524d\u671f\u60c5\u51b5", "level": 1}, {"text": "${history}", "heading": "", "level": 0}, {"text": "", "heading": "\u529e\u7406\u8981\u6c42", "level": 1}, {"text": "\u8bf7\u4f60\u5355\u4f4d\u4e8e${deadline}\u524d\u529e\u7ed3\uff0c\u5e76\u5c06\u529e\u7406\u7ed3\u679c\u4e66\u9762\u51fd\u590d${office}\u3002", "heading": "", "level": 0}, {"text": "\u672c\u4e8b\u9879\u7531\u4f60\u5355\u4f4d\u7275\u5934\uff0c${supporting}\u914d\u5408\u3002\u6d89\u53ca\u591a\u4e2a\u5355\u4f4d\u3001\u96be\u4ee5\u534f\u8c03\u7684\uff0c\u8bf7\u53ca\u65f6\u62a5\u544a\u5206\u7ba1\u9886\u5bfc\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u903e\u671f\u5904\u7406", "level": 1}, {"text": "\u903e\u671f\u672a\u529e\u7ed3\u53c8\u672a\u8bf4\u660e\u7406\u7531\u7684\uff0c\u5c06\u6309\u89c4\u5b9a\u7a0b\u5e8f\u63d0\u8bf7\u4e0a\u7ea7\u673a\u5173\u7763\u529e\u6216\u8005\u901a\u62a5\u3002", "heading": "", "level": 0}, {"text": "\u4e13\u6b64\u51fd\u8fbe\u3002", "heading": "", "level": 0}], "phrases": {"history": "${day}\uff0c${place}\uff1a${fact}"}, "fields": []}','',NULL,'2026-11-22 23:44:01.354000',NULL,'2026-11-22 23:44:01.353000',1);
INSERT INTO "document_templates" VALUES('1bce342d756243d2925072ac8558e1f7','bulletin',1,'{"title": "${theme}\u6697\u8bbf\u60c5\u51b5", "body": [{"text": "${lead}", "heading": "", "level": 0}, {"text": "${period}\uff0c${office}\u5171\u5230\u8bbf${units}\u4e2a\u5355\u4f4d\u3001${visits}\u4e2a\u70b9\u6b21\uff0c\u67e5\u5b9e\u95ee\u9898${findings}\u4e2a\uff0c\u6d89\u53ca${faulty_units}\u4e2a\u5355\u4f4d\u3002", "heading": "", "level": 0}, {"text": "${problem_classes}", "heading": "\u5b58\u5728\u7684\u4e3b\u8981\u95ee\u9898", "level": 1}, {"text": "", "heading": "\u9648\u8ff0\u7533\u8fa9\u60c5\u51b5", "level": 1}, {"text": "${hearing}", "heading": "", "level": 0}, {"text": "${cases}", "heading": "\u529e\u7406\u60c5\u51b5", "level": 1}, {"text": "${achievements}", "heading": "\u597d\u7684\u505a\u6cd5", "level": 1}], "phrases": {"unmet": "\u672a\u505a\u5230\uff1a${requirement}", "problem_class": "${problem}\uff08${count}\u4e2a\uff09\u3002", "problem_fact": "${day}\uff0c${unit}${place}\uff0c${fact}", "hearing_heard": "\u4e0a\u8ff0\u95ee\u9898\u5df2\u9010\u4e00\u53cd\u9988\u6709\u5173\u5355\u4f4d\u3002${heard}\u4e2a\u5355\u4f4d\u4f5c\u4e86\u9648\u8ff0\u7533\u8fa9\uff0c\u529e\u516c\u5ba4\u9010\u6761\u590d\u6838\u540e\u8ba4\u5b9a\u4ee5\u4e0a\u4e8b\u5b9e\u3002", "hearing_expired": "${expired}\u4e2a\u5355\u4f4d\u5728\u89c4\u5b9a\u671f\u9650\u5185\u672a\u63d0\u51fa\u9648\u8ff0\u7533\u8fa9\u3002", "hearing_none": "\u4e0a\u8ff0\u95ee\u9898\u5df2\u9010\u4e00\u53cd\u9988\u6709\u5173\u5355\u4f4d\uff0c\u6709\u5173\u5355\u4f4d\u5728\u89c4\u5b9a\u671f\u9650\u5185\u5747\u672a\u63d0\u51fa\u9648\u8ff0\u7533\u8fa9\u3002", "case_open": "${unit}\uff1a${title}\uff0c\u6b63\u5728\u529e\u7406\uff0c\u671f\u9650${deadline}\u3002", "case_answered": "${unit}\uff1a${title}\uff0c\u5355\u4f4d\u5df2\u9648\u8ff0\u7533\u8fa9\uff0c\u6b63\u5728\u6574\u6539\uff0c\u671f\u9650${deadline}\u3002", "case_rectified": "${unit}\uff1a${title}\uff0c\u5355\u4f4d\u5df2\u62a5\u6574\u6539\uff0c\u5f85\u590d\u6838\u3002", "case_closed": "${unit}\uff1a${title}\uff0c\u5df2\u529e\u7ed3\u3002"}, "fields": []}','',NULL,'2026-11-22 23:44:01.354000',NULL,'2026-11-22 23:44:01.353000',1);
INSERT INTO "document_templates" VALUES('9cc51d2ed18a4f2ea83c74b57b4ec902','reply',1,'{"title": "\u5173\u4e8e${matter}\u7684\u7b54\u590d", "body": [{"text": "${raised_on}\u53cd\u6620\u7684${matter}\u6536\u6089\u3002\u7ecf\u6838\u67e5\uff0c\u73b0\u7b54\u590d\u5982\u4e0b\u3002", "heading": "", "level": 0}, {"text": "${facts}", "heading": "\u6838\u67e5\u60c5\u51b5", "level": 1}, {"text": "", "heading": "\u5904\u7406\u60c5\u51b5", "level": 1}, {"text": "${outcome}", "heading": "", "level": 0}, {"text": "\u5bf9\u672c\u7b54\u590d\u6709\u5f02\u8bae\u7684\uff0c\u53ef\u5728\u6536\u5230\u4e4b\u65e5\u8d7730\u65e5\u5185\u5411${office}\u7533\u8bf7\u590d\u6838\u3002", "heading": "", "level": 0}, {"text": "\u611f\u8c22\u60a8\u5bf9\u4f5c\u98ce\u5efa\u8bbe\u7684\u5173\u5fc3\u548c\u76d1\u7763\u3002", "heading": "", "level": 0}], "phrases": {"fact": "${day}\uff0c${place}\uff0c${fact}", "fact_without_place": "${day}\uff0c${fact}"}, "fields": []}','',NULL,'2026-11-22 23:44:01.354000',NULL,'2026-11-22 23:44:01.353000',1);
INSERT INTO "document_templates" VALUES('114066a124004c3a9eac3af9b8d1602e','correction',1,'{"title": "\u5173\u4e8e\u66f4\u6b63\u300a${original_title}\u300b\u7684\u901a\u77e5", "body": [{"text": "${original_date}\uff0c${office}\u5370\u53d1\u300a${original_title}\u300b\uff08${original_number}\uff09\u3002\u7ecf\u590d\u6838\uff0c\u5176\u4e2d\u90e8\u5206\u5185\u5bb9\u6709\u8bef\uff0c\u73b0\u66f4\u6b63\u5982\u4e0b\u3002", "heading": "", "level": 0}, {"text": "${changes}", "heading": "", "level": 0}, {"text": "\u66f4\u6b63\u539f\u56e0\uff1a${reason}", "heading": "", "level": 0}, {"text": "\u539f\u6587\u4ef6\u5176\u4ed6\u5185\u5bb9\u4e0d\u53d8\u3002\u66f4\u6b63\u524d\u5df2\u8f6c\u8f7d\u3001\u5f15\u7528\u539f\u6587\u4ef6\u7684\uff0c\u8bf7\u4e00\u5e76\u66f4\u6b63\u3002\u7531\u6b64\u7ed9\u6709\u5173\u5355\u4f4d\u9020\u6210\u7684\u5f71\u54cd\uff0c${office}\u4e88\u4ee5\u8bf4\u660e\u5e76\u6d88\u9664\u3002", "heading": "", "level": 0}], "phrases": {"change": "\u539f\u6587\u201c${was}\u201d\uff0c\u66f4\u6b63\u4e3a\u201c${now}\u201d\u3002"}, "fields": []}','',NULL,'2026-11-22 23:44:01.354000',NULL,'2026-11-22 23:44:01.353000',1);
INSERT INTO "document_templates" VALUES('c2fef98c300f4212b60cd3ff56e30090','withdrawal',1,'{"title": "\u5173\u4e8e\u64a4\u56de\u300a${original_title}\u300b\u7684\u901a\u77e5", "body": [{"text": "\u7ecf\u7814\u7a76\uff0c\u51b3\u5b9a\u64a4\u56de${office}${original_date}\u5370\u53d1\u7684\u300a${original_title}\u300b\uff08${original_number}\uff09\u3002", "heading": "", "level": 0}, {"text": "\u64a4\u56de\u539f\u56e0\uff1a${reason}", "heading": "", "level": 0}, {"text": "\u81ea\u672c\u901a\u77e5\u5370\u53d1\u4e4b\u65e5\u8d77\uff0c\u539f\u6587\u4ef6\u4e0d\u518d\u4f5c\u4e3a\u5de5\u4f5c\u4f9d\u636e\u3002\u5df2\u8f6c\u8f7d\u3001\u5f15\u7528\u539f\u6587\u4ef6\u7684\uff0c\u8bf7\u505c\u6b62\u8f6c\u8f7d\u3001\u5f15\u7528\uff0c\u5e76\u8bf4\u660e\u539f\u6587\u4ef6\u5df2\u64a4\u56de\u3002", "heading": "", "level": 0}], "phrases": {}, "fields": []}','',NULL,'2026-11-22 23:44:01.354000',NULL,'2026-11-22 23:44:01.353000',1);
CREATE TABLE draws (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	from_day DATE NOT NULL, 
	to_day DATE NOT NULL, 
	state VARCHAR NOT NULL, 
	secret VARCHAR NOT NULL, 
	inspectors_salt VARCHAR NOT NULL, 
	entropy VARCHAR, 
	witness VARCHAR, 
	checklists JSON NOT NULL, 
	objects_frame JSON NOT NULL, 
	inspectors_frame JSON NOT NULL, 
	commitment JSON NOT NULL, 
	objects_file VARCHAR, 
	inspectors_file VARCHAR, 
	replaces_id CHAR(32), 
	committed_at DATETIME NOT NULL, 
	drawn_at DATETIME, 
	published_at DATETIME, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_draws PRIMARY KEY (id), 
	CONSTRAINT fk_draws_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_draws_replaces_id_draws FOREIGN KEY(replaces_id) REFERENCES draws (id)
);
INSERT INTO "draws" VALUES('3815fc57c1224c74ab460069427a4a1a','6b8dca93f0404b55a7eb38cf02b7a494','2026-10-30','2026-11-03','published','8299dd014d95af65ea6df6f85645d72ed8ddf5ab770d56c9389e3d623e8b0306','ccd61ec8a13354006e15ede06f3bbc38','3876.52','派驻纪检监察组','{"pool": "58ddc7ac-9b83-4556-9874-790a4b382918"}','{"over": "sites", "rest_days": 0, "strata": [{"code": "pool", "title": "\u5168\u5e02\u653f\u52a1\u670d\u52a1\u7a97\u53e3", "take": 2, "objects": [{"id": "73e973f7-d52f-4ac9-9474-0d63a30d3f23", "name": "\u793a\u8303\u8def\u529e\u7a0e\u670d\u52a1\u5385", "unit": "5721a2b6-dc6e-493f-980d-65c36dc76703", "unit_name": "\u7532\u5e02\u7a0e\u52a1\u5c40\u529e\u7a0e\u670d\u52a1\u5385", "weight": 1}, {"id": "b8cb010a-d453-40a5-a010-1d2109f0e707", "name": "\u793a\u8303\u8def\u884c\u653f\u670d\u52a1\u5927\u5385", "unit": "eeb9574f-dcdf-41a5-92fd-defaf9727ff0", "unit_name": "\u7532\u5e02\u884c\u653f\u670d\u52a1\u4e2d\u5fc3\u670d\u52a1\u5927\u5385", "weight": 1}, {"id": "e72ae5f4-390d-4416-8f5e-a136aa8b9f3d", "name": "\u793a\u8303\u5357\u8def\u6237\u653f\u670d\u52a1\u5385", "unit": "17c6600d-7097-4736-b64c-3637ccc11f6c", "unit_name": "\u7532\u5e02\u516c\u5b89\u5c40\u6237\u653f\u670d\u52a1\u5385", "weight": 1}], "left_out": []}]}','{"per_object": 1, "rest_days": 0, "inspectors": [{"id": "5bf77597-808a-4ed9-8d9e-50444ac87169", "alias": "\u6697\u8bbf\u545803"}, {"id": "ea543582-cd67-473f-a882-e24fdfcf2648", "alias": "\u6697\u8bbf\u545802"}, {"id": "f7e3a946-9856-477f-8962-aa4ec3de4d7d", "alias": "\u6697\u8bbf\u545801"}], "barred": []}','{"v": 1, "kind": "draw-commitment", "draw": "3815fc57-c122-4c74-ab46-0069427a4a1a", "campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494", "campaign_name": "\u7532\u5e02\u673a\u5173\u4f5c\u98ce\u6574\u987f\u548c\u56db\u9879\u4e13\u9879\u6574\u6cbb", "from": "2026-10-30", "to": "2026-11-03", "committed_on": "2026-10-28", "secret_sha256": "87759384e7f08df96173c1bd38eb26ec77b6b76db8a5fac35604c9da9a7f6170", "entropy_source": "\u6b21\u65e5\u6536\u76d8\u7684\u4e0a\u8bc1\u7efc\u5408\u6307\u6570\uff0c\u4fdd\u7559\u4e24\u4f4d\u5c0f\u6570", "objects_frame_sha256": "9c8d61c1ed4492e5b7cddb84c7c85e4c162d63eb0228b724ca776f689bc21668", "inspectors_frame_c": "b59017a66e6b02305e13502397197648828b123973cbcecf8bbfc54005fe2e24", "replaces": null}','{"commitment":{"campaign":"6b8dca93-f040-4b55-a7eb-38cf02b7a494","campaign_name":"甲市机关作风整顿和四项专项整治","committed_on":"2026-10-28","draw":"3815fc57-c122-4c74-ab46-0069427a4a1a","entropy_source":"次日收盘的上证综合指数，保留两位小数","from":"2026-10-30","inspectors_frame_c":"b59017a66e6b02305e13502397197648828b123973cbcecf8bbfc54005fe2e24","kind":"draw-commitment","objects_frame_sha256":"9c8d61c1ed4492e5b7cddb84c7c85e4c162d63eb0228b724ca776f689bc21668","replaces":null,"secret_sha256":"87759384e7f08df96173c1bd38eb26ec77b6b76db8a5fac35604c9da9a7f6170","to":"2026-11-03","v":1},"digest":"d1978f46c6d3d002398e792137acff20e83cfecccd56f0e444f8756fea79ccb8","drawn":[{"object":"73e973f7-d52f-4ac9-9474-0d63a30d3f23","round":0,"stratum":"pool"},{"object":"b8cb010a-d453-40a5-a010-1d2109f0e707","round":1,"stratum":"pool"}],"drawn_on":"2026-10-28","entropy":"3876.52","frame":{"over":"sites","rest_days":0,"strata":[{"code":"pool","left_out":[],"objects":[{"id":"73e973f7-d52f-4ac9-9474-0d63a30d3f23","name":"示范路办税服务厅","unit":"5721a2b6-dc6e-493f-980d-65c36dc76703","unit_name":"甲市税务局办税服务厅","weight":1},{"id":"b8cb010a-d453-40a5-a010-1d2109f0e707","name":"示范路行政服务大厅","unit":"eeb9574f-dcdf-41a5-92fd-defaf9727ff0","unit_name":"甲市行政服务中心服务大厅","weight":1},{"id":"e72ae5f4-390d-4416-8f5e-a136aa8b9f3d","name":"示范南路户政服务厅","unit":"17c6600d-7097-4736-b64c-3637ccc11f6c","unit_name":"甲市公安局户政服务厅","weight":1}],"take":2,"title":"全市政务服务窗口"}]},"inspectors_sha256":"7537bfad200dbc77571baac554b43c3085f777694e74f106d658bcacb3f18230","kind":"draw-objects","log":{"checkpoint":"127.0.0.1:8000\n20\nkdLxgGxbuinBg9Zw+5VXw+SHpixBnlumRWimES/4qAE=\n\n— 127.0.0.1:8000 MnIgWjAUjDUqTwvSsJq5tMPsoMXrOD7NjeXqfri44Rl9ICsTRHpFaPEdM+pr/C9BjkKLt27VoLmw77+ED93xozWTpg8=\n","index":14,"proof":["b7e6699ee52f2031428201f6893b51c28a414211c18e17e297b799fb045305ff","38b9521b90b1b9a7dca92eb537b9b4fbd8655ac1dc17453f7fff01c96145eac8","fe6cc55f87b67e1b40a1e237c798ac2a588fd05bc31da3d3e04247c91fdca1a1","e0542ef189c57e3dfbd6963955a33bb2e6b13f8711a2d55d9565273e19008c51","88df45591e287e7dca1194c5511d9e6092a06882442b8d58c0068226d368158e"],"salt":"819de46df52b9071405802ba18837d43"},"secret":"8299dd014d95af65ea6df6f85645d72ed8ddf5ab770d56c9389e3d623e8b0306","v":1,"witness":"派驻纪检监察组"}','{"commitment":{"campaign":"6b8dca93-f040-4b55-a7eb-38cf02b7a494","campaign_name":"甲市机关作风整顿和四项专项整治","committed_on":"2026-10-28","draw":"3815fc57-c122-4c74-ab46-0069427a4a1a","entropy_source":"次日收盘的上证综合指数，保留两位小数","from":"2026-10-30","inspectors_frame_c":"b59017a66e6b02305e13502397197648828b123973cbcecf8bbfc54005fe2e24","kind":"draw-commitment","objects_frame_sha256":"9c8d61c1ed4492e5b7cddb84c7c85e4c162d63eb0228b724ca776f689bc21668","replaces":null,"secret_sha256":"87759384e7f08df96173c1bd38eb26ec77b6b76db8a5fac35604c9da9a7f6170","to":"2026-11-03","v":1},"digest":"f86656a32b5600bb474451348fd3f2dc97fdd825b4e2ad6f98aa441f742bcef1","drawn":[{"inspectors":["5bf77597-808a-4ed9-8d9e-50444ac87169"],"object":"73e973f7-d52f-4ac9-9474-0d63a30d3f23"},{"inspectors":["f7e3a946-9856-477f-8962-aa4ec3de4d7d"],"object":"b8cb010a-d453-40a5-a010-1d2109f0e707"}],"drawn_on":"2026-10-28","entropy":"3876.52","frame":{"barred":[],"inspectors":[{"alias":"暗访员03","id":"5bf77597-808a-4ed9-8d9e-50444ac87169"},{"alias":"暗访员02","id":"ea543582-cd67-473f-a882-e24fdfcf2648"},{"alias":"暗访员01","id":"f7e3a946-9856-477f-8962-aa4ec3de4d7d"}],"per_object":1,"rest_days":0},"kind":"draw-inspectors","log":{"checkpoint":"127.0.0.1:8000\n20\nkdLxgGxbuinBg9Zw+5VXw+SHpixBnlumRWimES/4qAE=\n\n— 127.0.0.1:8000 MnIgWjAUjDUqTwvSsJq5tMPsoMXrOD7NjeXqfri44Rl9ICsTRHpFaPEdM+pr/C9BjkKLt27VoLmw77+ED93xozWTpg8=\n","index":14,"proof":["b7e6699ee52f2031428201f6893b51c28a414211c18e17e297b799fb045305ff","38b9521b90b1b9a7dca92eb537b9b4fbd8655ac1dc17453f7fff01c96145eac8","fe6cc55f87b67e1b40a1e237c798ac2a588fd05bc31da3d3e04247c91fdca1a1","e0542ef189c57e3dfbd6963955a33bb2e6b13f8711a2d55d9565273e19008c51","88df45591e287e7dca1194c5511d9e6092a06882442b8d58c0068226d368158e"],"salt":"819de46df52b9071405802ba18837d43"},"objects":[{"object":"73e973f7-d52f-4ac9-9474-0d63a30d3f23","unit":"5721a2b6-dc6e-493f-980d-65c36dc76703"},{"object":"b8cb010a-d453-40a5-a010-1d2109f0e707","unit":"eeb9574f-dcdf-41a5-92fd-defaf9727ff0"}],"salt":"ccd61ec8a13354006e15ede06f3bbc38","secret":"8299dd014d95af65ea6df6f85645d72ed8ddf5ab770d56c9389e3d623e8b0306","v":1,"witness":"派驻纪检监察组"}',NULL,'2026-10-27 23:44:01.444000','2026-10-27 23:44:01.444000','2026-11-03 23:44:01.444000',4);
CREATE TABLE enrolment_tokens (
	token_sha256 VARCHAR NOT NULL, 
	inspector_id CHAR(32) NOT NULL, 
	preconfirmed BOOLEAN NOT NULL, 
	expires_at DATETIME NOT NULL, 
	spent_at DATETIME, 
	CONSTRAINT pk_enrolment_tokens PRIMARY KEY (token_sha256), 
	CONSTRAINT fk_enrolment_tokens_inspector_id_inspectors FOREIGN KEY(inspector_id) REFERENCES inspectors (id)
);
INSERT INTO "enrolment_tokens" VALUES('49a06b38dc8f2867aef74d72309bb9f4b1eee7f55eda1a01d464b458795799ae','f7e3a9469856477f8962aa4ec3de4d7d',1,'2026-09-23 23:54:01.444000','2026-09-23 23:44:01.444000');
INSERT INTO "enrolment_tokens" VALUES('03bd2e8b364b16307633680fce491144e3ad6c926e5234a380bfbfd2962ab883','ea543582cd67473fa882e24fdfcf2648',1,'2026-09-23 23:54:01.444000','2026-09-23 23:44:01.444000');
INSERT INTO "enrolment_tokens" VALUES('b749c7d249af7f96ce25b6de49e29bf3e28e70ee94dbdb60488edf890aaea2cd','5bf77597808a4ed98d9e50444ac87169',1,'2026-09-23 23:54:01.444000','2026-09-23 23:44:01.444000');
INSERT INTO "enrolment_tokens" VALUES('0bece99d5330965efdcbbd914741051feb42a3e712917bf2db39313823ab586e','f7e3a9469856477f8962aa4ec3de4d7d',1,'2026-11-22 23:54:13.439000',NULL);
CREATE TABLE factor_resets (
	id CHAR(32) NOT NULL, 
	user_id CHAR(32) NOT NULL, 
	reason VARCHAR NOT NULL, 
	asked_by CHAR(32) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	confirmed_by CHAR(32), 
	confirmed_at DATETIME, 
	CONSTRAINT pk_factor_resets PRIMARY KEY (id), 
	CONSTRAINT fk_factor_resets_asked_by_users FOREIGN KEY(asked_by) REFERENCES users (id), 
	CONSTRAINT fk_factor_resets_confirmed_by_users FOREIGN KEY(confirmed_by) REFERENCES users (id), 
	CONSTRAINT fk_factor_resets_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE TABLE findings (
	id CHAR(32) NOT NULL, 
	record_id CHAR(32) NOT NULL, 
	record_sha256 VARCHAR NOT NULL, 
	decision_id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	unit_id CHAR(32), 
	site_id CHAR(32), 
	checklist_version_id CHAR(32) NOT NULL, 
	item VARCHAR NOT NULL, 
	item_text VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	answer JSON, 
	remark VARCHAR, 
	points INTEGER NOT NULL, 
	veto BOOLEAN NOT NULL, 
	day DATE, 
	pictures JSON NOT NULL, 
	position INTEGER NOT NULL, 
	confirmed_by CHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	state VARCHAR NOT NULL, 
	CONSTRAINT pk_findings PRIMARY KEY (id), 
	CONSTRAINT fk_findings_confirmed_by_users FOREIGN KEY(confirmed_by) REFERENCES users (id), 
	CONSTRAINT fk_findings_decision_id_decisions FOREIGN KEY(decision_id) REFERENCES decisions (id), 
	CONSTRAINT fk_findings_record_id_records FOREIGN KEY(record_id) REFERENCES records (id), 
	CONSTRAINT fk_findings_record_sha256_record_versions FOREIGN KEY(record_sha256) REFERENCES record_versions (record_sha256), 
	CONSTRAINT uq_findings_decision_id_item UNIQUE (decision_id, item)
);
INSERT INTO "findings" VALUES('0ffdfecc6ce646f385115efdc12a472f','0040a7057be141bb9e575890504d24fc','762b1150d64a3c48b0a2713991e142c4e9148bc6465fa13a4747287a58adecd2','6b0659b446cc426481ffaece160cef27','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','b8cb010ad45340a5a0101d2109f0e707','58ddc7ac9b8345569874790a4b382918','deputy','落实AB岗，无空窗、空岗','窗口人员离开时无人顶岗。','"no"','窗口人员离开时无人顶岗。',8,0,'2026-10-15','[]',0,'4ed633584770434c84bda1913fdbc703','2026-10-15 14:05:00.000000','confirmed');
INSERT INTO "findings" VALUES('189c2356d1aa42d3919dad041f6c2210','8caa7399f4a04b1aa035328dfa49db00','8032cf88933239f3998b1b220b1590be652c87cad50bc723b9175e760078be19','8655fa51a36441c696b2a655c836ed12','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','b8cb010ad45340a5a0101d2109f0e707','58ddc7ac9b8345569874790a4b382918','deputy','落实AB岗，无空窗、空岗','窗口人员离开时无人顶岗。','"no"','窗口人员离开时无人顶岗。',8,0,'2026-10-17','[]',0,'4ed633584770434c84bda1913fdbc703','2026-10-17 08:48:00.000000','confirmed');
INSERT INTO "findings" VALUES('c25a0021c4954a279613162abf5cf805','065682aaa48641fa9416f7094c952ba4','5d9ad474a3753ad61d5603e9c09e14ec3520631d39b18efae6bcc209c4fe6107','2d42ec7363aa4c199ed080c7156b60ff','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','b8cb010ad45340a5a0101d2109f0e707','58ddc7ac9b8345569874790a4b382918','deputy','落实AB岗，无空窗、空岗','窗口人员离开时无人顶岗。','"no"','窗口人员离开时无人顶岗。',8,0,'2026-10-20','[]',0,'4ed633584770434c84bda1913fdbc703','2026-10-20 10:23:00.000000','confirmed');
INSERT INTO "findings" VALUES('8b43f13448f648f6a580774858e0d668','065682aaa48641fa9416f7094c952ba4','5d9ad474a3753ad61d5603e9c09e14ec3520631d39b18efae6bcc209c4fe6107','2d42ec7363aa4c199ed080c7156b60ff','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','b8cb010ad45340a5a0101d2109f0e707','58ddc7ac9b8345569874790a4b382918','first_contact','首问责任落实：主动接待、引领到位','询问其他事项，答复不清楚，未引领。','"no"','询问其他事项，答复不清楚，未引领。',10,0,'2026-10-20','[]',1,'4ed633584770434c84bda1913fdbc703','2026-10-20 10:23:00.000000','confirmed');
INSERT INTO "findings" VALUES('9516a5c9759b492b970f5471bf30a71d','d1b571fb345143b3b902f57bb305ba30','f3db883969745f74250f3fbadc8da05242fa245cf13148d0759157e4a49d3097','66ca3e25b4114b44886ea4aaad1b27f8','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','b8cb010ad45340a5a0101d2109f0e707','58ddc7ac9b8345569874790a4b382918','deputy','落实AB岗，无空窗、空岗','窗口人员离开时无人顶岗。','"no"','窗口人员离开时无人顶岗。',8,0,'2026-10-21','[]',0,'4ed633584770434c84bda1913fdbc703','2026-10-21 14:56:00.000000','confirmed');
INSERT INTO "findings" VALUES('3394df7ae66841efb07b57d7c096c699','755009c2a241408d9c84d7e39ae36e6f','d3ff405abed458925bbf13d9fdc04df71ba8846d7586f2de33dc2033a8d0710a','765cb1fdb38a4b978d28811446395f36','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','b8cb010ad45340a5a0101d2109f0e707','58ddc7ac9b8345569874790a4b382918','deputy','落实AB岗，无空窗、空岗','窗口人员离开时无人顶岗。','"no"','窗口人员离开时无人顶岗。',8,0,'2026-10-23','[]',0,'4ed633584770434c84bda1913fdbc703','2026-10-23 08:26:00.000000','confirmed');
INSERT INTO "findings" VALUES('59ff0740acbd4cd6928db6ff05ed9038','33a14faba4c54bc28a7af0172cf7a0ec','90babeb1692431460c5035be18f53f90ae260d9ff0249d5174f075749ac1e1f4','d94f8aefe1be43cb9e42c60405264e01','6b8dca93f0404b55a7eb38cf02b7a494','302b72397a984b77bffefe5cf9b8e7e6','714c4a681b82413f9cfdb68834c2ab9e','dbbd1992ce92487aa7afd62327f9ca8c','meter','上车后按规定使用计价器（打表）','出租汽车载客未使用计价器。','"no"','上车后未打表，计价器始终显示“空车”。',12,1,'2026-11-11','["825afce1d9641aa84d877002758d2ad0c4e94c4477bd85555dc53be16647581e"]',0,'4ed633584770434c84bda1913fdbc703','2026-11-11 08:04:00.000000','confirmed');
INSERT INTO "findings" VALUES('ed117f55d2a14b24b0519d9b40e6721c','33a14faba4c54bc28a7af0172cf7a0ec','90babeb1692431460c5035be18f53f90ae260d9ff0249d5174f075749ac1e1f4','d94f8aefe1be43cb9e42c60405264e01','6b8dca93f0404b55a7eb38cf02b7a494','302b72397a984b77bffefe5cf9b8e7e6','714c4a681b82413f9cfdb68834c2ab9e','dbbd1992ce92487aa7afd62327f9ca8c','fare','不议价、不多收费','议价收费，高于计价器应收金额。','"no"','途中口头报价二十元，同一路线打表应为十二元五角。',8,1,'2026-11-11','[]',1,'4ed633584770434c84bda1913fdbc703','2026-11-11 08:04:00.000000','confirmed');
INSERT INTO "findings" VALUES('ed4be1333a6449dcb472448471090452','33a14faba4c54bc28a7af0172cf7a0ec','90babeb1692431460c5035be18f53f90ae260d9ff0249d5174f075749ac1e1f4','d94f8aefe1be43cb9e42c60405264e01','6b8dca93f0404b55a7eb38cf02b7a494','302b72397a984b77bffefe5cf9b8e7e6','714c4a681b82413f9cfdb68834c2ab9e','dbbd1992ce92487aa7afd62327f9ca8c','receipt','主动出具票据，票据与实付金额相符','未按规定出具票据。','"no"','下车索要票据，答复没有。',8,0,'2026-11-11','[]',2,'4ed633584770434c84bda1913fdbc703','2026-11-11 08:04:00.000000','confirmed');
INSERT INTO "findings" VALUES('7af1d948687443d19a799e22f4b25674','5f757031ec774d21a96544044dddef21','daff1e06a988e9970d4277fd79fc0d22a005211c6e454bb3d32dd55f2bac9525','c3ac5a4f0c6e404da1cd7ba165dddcd1','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','b8cb010ad45340a5a0101d2109f0e707','58ddc7ac9b8345569874790a4b382918','on_duty','工作时间窗口有人在岗','工作时间7号窗口无人在岗，群众等候三十分钟以上。','"no"','上午九点四十分至十点十分，7号窗口无人，放置“暂停服务”牌，有群众等候。',10,0,'2026-11-12','["65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f"]',0,'4ed633584770434c84bda1913fdbc703','2026-11-12 08:44:00.000000','confirmed');
INSERT INTO "findings" VALUES('77d85dfdba7d4ce5bac221903e35e60e','5f757031ec774d21a96544044dddef21','daff1e06a988e9970d4277fd79fc0d22a005211c6e454bb3d32dd55f2bac9525','c3ac5a4f0c6e404da1cd7ba165dddcd1','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','b8cb010ad45340a5a0101d2109f0e707','58ddc7ac9b8345569874790a4b382918','deputy','落实AB岗，无空窗、空岗','未落实AB岗，窗口空岗无人顶替。','"no"','等候三十分钟，无人顶岗。',8,0,'2026-11-12','[]',1,'4ed633584770434c84bda1913fdbc703','2026-11-12 08:44:00.000000','confirmed');
INSERT INTO "findings" VALUES('16cb7fdc4cc149779497fde3ae2db3a1','5f757031ec774d21a96544044dddef21','daff1e06a988e9970d4277fd79fc0d22a005211c6e454bb3d32dd55f2bac9525','c3ac5a4f0c6e404da1cd7ba165dddcd1','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','b8cb010ad45340a5a0101d2109f0e707','58ddc7ac9b8345569874790a4b382918','first_contact','首问责任落实：主动接待、引领到位','首问责任未落实，未引领办事群众。','"no"','向相邻窗口询问，答复“不清楚”，未引领。',10,0,'2026-11-12','[]',2,'4ed633584770434c84bda1913fdbc703','2026-11-12 08:44:00.000000','confirmed');
CREATE TABLE informant_releases (
	id CHAR(32) NOT NULL, 
	complaint_id CHAR(32) NOT NULL, 
	reason VARCHAR NOT NULL, 
	asked_by CHAR(32) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	open_reason VARCHAR, 
	opened_by CHAR(32), 
	opened_at DATETIME, 
	CONSTRAINT pk_informant_releases PRIMARY KEY (id), 
	CONSTRAINT ck_informant_releases_opened_at CHECK ((opened_by IS NULL) = (opened_at IS NULL)), 
	CONSTRAINT ck_informant_releases_second_person CHECK (opened_by IS NULL OR opened_by <> asked_by), 
	CONSTRAINT fk_informant_releases_asked_by_users FOREIGN KEY(asked_by) REFERENCES users (id), 
	CONSTRAINT fk_informant_releases_complaint_id_complaints FOREIGN KEY(complaint_id) REFERENCES complaints (id), 
	CONSTRAINT fk_informant_releases_opened_by_users FOREIGN KEY(opened_by) REFERENCES users (id)
);
CREATE TABLE inspector_conflicts (
	inspector_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	declared_at DATETIME NOT NULL, 
	CONSTRAINT pk_inspector_conflicts PRIMARY KEY (inspector_id, unit_id), 
	CONSTRAINT fk_inspector_conflicts_inspector_id_inspectors FOREIGN KEY(inspector_id) REFERENCES inspectors (id), 
	CONSTRAINT fk_inspector_conflicts_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id)
);
CREATE TABLE inspectors (
	id CHAR(32) NOT NULL, 
	alias VARCHAR NOT NULL, 
	active BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_inspectors PRIMARY KEY (id), 
	CONSTRAINT uq_inspectors_alias UNIQUE (alias)
);
INSERT INTO "inspectors" VALUES('f7e3a9469856477f8962aa4ec3de4d7d','暗访员01',1,'2026-09-23 23:44:01.444000',1);
INSERT INTO "inspectors" VALUES('ea543582cd67473fa882e24fdfcf2648','暗访员02',1,'2026-09-23 23:44:01.444000',1);
INSERT INTO "inspectors" VALUES('5bf77597808a4ed98d9e50444ac87169','暗访员03',1,'2026-09-23 23:44:01.444000',1);
CREATE TABLE ladder_facts (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	code VARCHAR NOT NULL, 
	basis VARCHAR NOT NULL, 
	by_user CHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_ladder_facts PRIMARY KEY (id), 
	CONSTRAINT ck_ladder_facts_basis CHECK (length(trim(basis)) > 0), 
	CONSTRAINT fk_ladder_facts_by_user_users FOREIGN KEY(by_user) REFERENCES users (id), 
	CONSTRAINT fk_ladder_facts_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_ladder_facts_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id)
);
INSERT INTO "ladder_facts" VALUES('c3c91487a7564ddca863cfeb3db0d83c','b23d08ebb85a40b1bd5dafce944293f9','0bc008fdf97e4ac99180087666fa10fd','top-three','第一次民主评议（b20d1262-b200-4dfa-b301-270044c293f5）','bbd25f58f7644374a72bd5cf0dca7891','2026-11-15 23:44:01.444000');
INSERT INTO "ladder_facts" VALUES('7491c8bb28f64bdb8894647ba01aec81','b23d08ebb85a40b1bd5dafce944293f9','2eea26e46f624721aa257f5c651c8b87','top-three','第一次民主评议（b20d1262-b200-4dfa-b301-270044c293f5）','bbd25f58f7644374a72bd5cf0dca7891','2026-11-15 23:44:01.444000');
INSERT INTO "ladder_facts" VALUES('dea846a891564229a79b9dd427b2702b','b23d08ebb85a40b1bd5dafce944293f9','6390e8fe99a44bc3ac08f79c036659a9','top-three','第一次民主评议（b20d1262-b200-4dfa-b301-270044c293f5）','bbd25f58f7644374a72bd5cf0dca7891','2026-11-15 23:44:01.444000');
INSERT INTO "ladder_facts" VALUES('2c24de1b62fc4013be039c3e80888db9','b23d08ebb85a40b1bd5dafce944293f9','e045ff7c751a437ab4bdb89ae716288b','ranked-last','第一次民主评议（b20d1262-b200-4dfa-b301-270044c293f5）','bbd25f58f7644374a72bd5cf0dca7891','2026-11-15 23:44:01.444000');
CREATE TABLE ladder_measure_cases (
	measure_id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	ladder VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	live BOOLEAN NOT NULL, 
	CONSTRAINT pk_ladder_measure_cases PRIMARY KEY (measure_id, case_id), 
	CONSTRAINT fk_ladder_measure_cases_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_ladder_measure_cases_measure_id_ladder_measures FOREIGN KEY(measure_id) REFERENCES ladder_measures (id)
);
INSERT INTO "ladder_measure_cases" VALUES('929d9edbe40441e7b18fae9d84d65afc','91adbb9c04084c7b9ce6d016a5118e4e','not-carried-out',1,1);
INSERT INTO "ladder_measure_cases" VALUES('da09de8407d44a628644d3f2c48c1620','91adbb9c04084c7b9ce6d016a5118e4e','not-carried-out',2,1);
INSERT INTO "ladder_measure_cases" VALUES('d089e0ad509e4e4ba78ae6c371581965','91adbb9c04084c7b9ce6d016a5118e4e','not-carried-out',3,1);
CREATE TABLE ladder_measures (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	rulebook_version_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	nature VARCHAR NOT NULL, 
	ladder VARCHAR NOT NULL, 
	step VARCHAR NOT NULL, 
	step_kind VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	position INTEGER, 
	state VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	facts JSON NOT NULL, 
	skips BOOLEAN NOT NULL, 
	skip_reason VARCHAR NOT NULL, 
	skip_approval VARCHAR NOT NULL, 
	proposed_by CHAR(32) NOT NULL, 
	proposed_at DATETIME NOT NULL, 
	decided_by CHAR(32), 
	decided_at DATETIME, 
	decision_note VARCHAR NOT NULL, 
	enforced_by CHAR(32), 
	in_force_at DATETIME, 
	due_at DATETIME, 
	ended_by CHAR(32), 
	ended_at DATETIME, 
	ending VARCHAR NOT NULL, 
	CONSTRAINT pk_ladder_measures PRIMARY KEY (id), 
	CONSTRAINT ck_ladder_measures_position CHECK ((nature = 'sanction') = (position IS NOT NULL)), 
	CONSTRAINT ck_ladder_measures_decided CHECK ((state = 'proposed') = (decided_by IS NULL)), 
	CONSTRAINT ck_ladder_measures_skips_with_reasons CHECK (NOT skips OR length(trim(skip_reason)) > 0 AND (state IN ('proposed', 'rejected') OR length(trim(skip_approval)) > 0)), 
	CONSTRAINT ck_ladder_measures_nature CHECK (nature IN ('sanction', 'reward')), 
	CONSTRAINT ck_ladder_measures_state CHECK (state IN ('proposed', 'approved', 'rejected', 'in_force', 'done', 'lifted')), 
	CONSTRAINT ck_ladder_measures_in_force_at CHECK (state NOT IN ('in_force', 'done') OR in_force_at IS NOT NULL), 
	CONSTRAINT ck_ladder_measures_second_person CHECK (decided_by IS NULL OR decided_by <> proposed_by), 
	CONSTRAINT ck_ladder_measures_reason CHECK (length(trim(reason)) > 0), 
	CONSTRAINT fk_ladder_measures_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_ladder_measures_decided_by_users FOREIGN KEY(decided_by) REFERENCES users (id), 
	CONSTRAINT fk_ladder_measures_ended_by_users FOREIGN KEY(ended_by) REFERENCES users (id), 
	CONSTRAINT fk_ladder_measures_enforced_by_users FOREIGN KEY(enforced_by) REFERENCES users (id), 
	CONSTRAINT fk_ladder_measures_proposed_by_users FOREIGN KEY(proposed_by) REFERENCES users (id), 
	CONSTRAINT fk_ladder_measures_rulebook_version_id_rulebook_versions FOREIGN KEY(rulebook_version_id) REFERENCES rulebook_versions (id), 
	CONSTRAINT fk_ladder_measures_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id)
);
INSERT INTO "ladder_measures" VALUES('929d9edbe40441e7b18fae9d84d65afc','6b8dca93f0404b55a7eb38cf02b7a494','96ab72c5a3404ac78dfe9b71d8aacf8e','4bf49f563a964b3e8ece13c3eb824880','sanction','not-carried-out','circular','internal_notice','内部通报',1,'in_force','查实窗口空岗，未落实AB岗。','{"cases.count": 1, "cases.overdue": 0, "cases.closed": 0, "cases.recurring": 0, "cases.sent_back": 0, "cases.reminded": 0, "cases.vetoes": 0, "cases.topics": ["deputy", "first_contact", "on_duty"], "unit.measures": 0, "unit.overdue": 0}',0,'','','bbd25f58f7644374a72bd5cf0dca7891','2026-11-14 23:44:01.444000','e86b8dcef421485a96942f813d1fae22','2026-11-14 23:44:01.444000','同意','bbd25f58f7644374a72bd5cf0dca7891','2026-11-14 23:44:01.444000',NULL,NULL,NULL,'');
INSERT INTO "ladder_measures" VALUES('da09de8407d44a628644d3f2c48c1620','6b8dca93f0404b55a7eb38cf02b7a494','96ab72c5a3404ac78dfe9b71d8aacf8e','4bf49f563a964b3e8ece13c3eb824880','sanction','not-carried-out','rectify','rectification','限期整改',2,'in_force','内部通报后限期整改。','{"cases.count": 1, "cases.overdue": 0, "cases.closed": 0, "cases.recurring": 0, "cases.sent_back": 0, "cases.reminded": 0, "cases.vetoes": 0, "cases.topics": ["deputy", "first_contact", "on_duty"], "unit.measures": 1, "unit.overdue": 0}',0,'','','bbd25f58f7644374a72bd5cf0dca7891','2026-11-15 23:44:01.444000','e86b8dcef421485a96942f813d1fae22','2026-11-15 23:44:01.444000','同意','bbd25f58f7644374a72bd5cf0dca7891','2026-11-15 23:44:01.444000','2026-11-30 10:00:00.000000',NULL,NULL,'');
INSERT INTO "ladder_measures" VALUES('d089e0ad509e4e4ba78ae6c371581965','6b8dca93f0404b55a7eb38cf02b7a494','96ab72c5a3404ac78dfe9b71d8aacf8e','4bf49f563a964b3e8ece13c3eb824880','sanction','not-carried-out','publish','exposure','负面通报见报',3,'proposed','通报已发布，拟见报。','{"cases.count": 1, "cases.overdue": 0, "cases.closed": 0, "cases.recurring": 0, "cases.sent_back": 0, "cases.reminded": 0, "cases.vetoes": 0, "cases.topics": ["deputy", "first_contact", "on_duty"], "unit.measures": 2, "unit.overdue": 0}',0,'','','bbd25f58f7644374a72bd5cf0dca7891','2026-11-19 23:44:01.444000',NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,'');
CREATE TABLE ladder_referrals (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	body VARCHAR NOT NULL, 
	basis VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	proposed_by CHAR(32) NOT NULL, 
	proposed_at DATETIME NOT NULL, 
	decided_by CHAR(32), 
	decided_at DATETIME, 
	decision_note VARCHAR NOT NULL, 
	CONSTRAINT pk_ladder_referrals PRIMARY KEY (id), 
	CONSTRAINT ck_ladder_referrals_decided CHECK ((state = 'proposed') = (decided_by IS NULL)), 
	CONSTRAINT ck_ladder_referrals_state CHECK (state IN ('proposed', 'approved', 'rejected')), 
	CONSTRAINT ck_ladder_referrals_second_person CHECK (decided_by IS NULL OR decided_by <> proposed_by), 
	CONSTRAINT ck_ladder_referrals_basis CHECK (length(trim(basis)) > 0), 
	CONSTRAINT fk_ladder_referrals_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_ladder_referrals_decided_by_users FOREIGN KEY(decided_by) REFERENCES users (id), 
	CONSTRAINT fk_ladder_referrals_proposed_by_users FOREIGN KEY(proposed_by) REFERENCES users (id)
);
CREATE TABLE ladder_reviews (
	id CHAR(32) NOT NULL, 
	measure_id CHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	asked_by CHAR(32) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	decide_by DATETIME NOT NULL, 
	outcome VARCHAR, 
	lightened_to INTEGER, 
	answer VARCHAR NOT NULL, 
	correction VARCHAR NOT NULL, 
	decided_by CHAR(32), 
	decided_at DATETIME, 
	CONSTRAINT pk_ladder_reviews PRIMARY KEY (id), 
	CONSTRAINT ck_ladder_reviews_lightened CHECK (outcome IS NULL OR (outcome = 'upheld') = (lightened_to IS NULL)), 
	CONSTRAINT ck_ladder_reviews_outcome CHECK (outcome IS NULL OR outcome IN ('upheld', 'lightened', 'lifted')), 
	CONSTRAINT ck_ladder_reviews_decided CHECK ((outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_at IS NULL)), 
	CONSTRAINT ck_ladder_reviews_says_something CHECK (length(trim(text)) > 0), 
	CONSTRAINT ck_ladder_reviews_never_harsher CHECK (lightened_to IS NULL OR lightened_to < position), 
	CONSTRAINT fk_ladder_reviews_asked_by_users FOREIGN KEY(asked_by) REFERENCES users (id), 
	CONSTRAINT fk_ladder_reviews_decided_by_users FOREIGN KEY(decided_by) REFERENCES users (id), 
	CONSTRAINT fk_ladder_reviews_measure_id_ladder_measures FOREIGN KEY(measure_id) REFERENCES ladder_measures (id), 
	CONSTRAINT uq_ladder_reviews_measure_id UNIQUE (measure_id)
);
CREATE TABLE ladder_unit_rules (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	rule VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	ladder VARCHAR NOT NULL, 
	step VARCHAR NOT NULL, 
	by_user CHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_ladder_unit_rules PRIMARY KEY (id), 
	CONSTRAINT fk_ladder_unit_rules_by_user_users FOREIGN KEY(by_user) REFERENCES users (id), 
	CONSTRAINT fk_ladder_unit_rules_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_ladder_unit_rules_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id)
);
CREATE TABLE ledger_views (
	id CHAR(32) NOT NULL, 
	owner_id CHAR(32) NOT NULL, 
	name VARCHAR NOT NULL, 
	shared BOOLEAN NOT NULL, 
	settings JSON NOT NULL, 
	CONSTRAINT pk_ledger_views PRIMARY KEY (id), 
	CONSTRAINT fk_ledger_views_owner_id_users FOREIGN KEY(owner_id) REFERENCES users (id), 
	CONSTRAINT uq_ledger_views_owner_id_name UNIQUE (owner_id, name)
);
CREATE TABLE legal_holds (
	id CHAR(32) NOT NULL, 
	object_kind VARCHAR NOT NULL, 
	object_id CHAR(32) NOT NULL, 
	reason VARCHAR NOT NULL, 
	set_by CHAR(32) NOT NULL, 
	set_at DATETIME NOT NULL, 
	lift_reason VARCHAR, 
	lifted_by CHAR(32), 
	lifted_at DATETIME, 
	CONSTRAINT pk_legal_holds PRIMARY KEY (id), 
	CONSTRAINT fk_legal_holds_lifted_by_users FOREIGN KEY(lifted_by) REFERENCES users (id), 
	CONSTRAINT fk_legal_holds_set_by_users FOREIGN KEY(set_by) REFERENCES users (id)
);
CREATE TABLE log_alarms (
	kind VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	promised_by DATETIME NOT NULL, 
	raised_at DATETIME NOT NULL, 
	CONSTRAINT pk_log_alarms PRIMARY KEY (kind, subject, sha256)
);
CREATE TABLE log_checkpoints (
	size INTEGER NOT NULL, 
	root VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	sealed_at DATETIME NOT NULL, 
	CONSTRAINT pk_log_checkpoints PRIMARY KEY (size)
);
INSERT INTO "log_checkpoints" VALUES(20,'91d2f1806c5bba29c183d670fb9557c3e487a62c419e5ba64568a6112ff8a801','127.0.0.1:8000
20
kdLxgGxbuinBg9Zw+5VXw+SHpixBnlumRWimES/4qAE=

— 127.0.0.1:8000 MnIgWjAUjDUqTwvSsJq5tMPsoMXrOD7NjeXqfri44Rl9ICsTRHpFaPEdM+pr/C9BjkKLt27VoLmw77+ED93xozWTpg8=
','2026-10-27 23:44:01.444000');
INSERT INTO "log_checkpoints" VALUES(55,'0a3f53e686786d43430adf4aaaff8543a3984649729552d6b25c81c033868683','127.0.0.1:8000
55
Cj9T5oZ4bUNDCt9Kqv+FQ6OYRklylVLWslyBwDOGhoM=

— 127.0.0.1:8000 MnIgWlktwAWbcRo2Sy3XjCsB4a1OfgRr8fthSj8lOFgX4YcSPtIU4qNot62ybMQkVkmaPf/uZ2pyj+ey5xIFZYbAKwk=
','2026-11-22 23:44:13.088000');
CREATE TABLE log_entries (
	id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	salt VARCHAR NOT NULL, 
	leaf_hash VARCHAR NOT NULL, 
	queued_at DATETIME NOT NULL, 
	position INTEGER, 
	CONSTRAINT pk_log_entries PRIMARY KEY (id), 
	CONSTRAINT uq_log_entries_kind_subject_sha256 UNIQUE (kind, subject, sha256), 
	CONSTRAINT uq_log_entries_position UNIQUE (position)
);
INSERT INTO "log_entries" VALUES('922a923d05054aeabf4ed7c42a38981e','key','q3Hz_MzEYMW7ngtx6uJqObqoa2gbPsk4h19hCmZeyhA','ab71f3fcccc460c5bb9e0b71eae26a39baa86b681b3ec938875f610a665eca10','adb9a1e036b0693a4a8585b0e9c9707f','fb31bd36f85660955ce83126633d823d73fa9afe308db91887a732f2816f83c5','2026-11-22 23:44:01.340000',19);
INSERT INTO "log_entries" VALUES('76e4389309264d04b25144fb168d1e78','survey','101c1836-55cf-4472-8d7f-9533c5cc15a6','7ea6242f6473c285b5ab81e961707f6c74c202c5a09eb04136ad289592dbdc4a','2ea83c22e48a8c94b3ecf4c79b555d00','d510f6d2e8c11ad018c483627d6ff727843091b74a14833100ed53e01e080d84','2026-10-11 23:44:01.444000',17);
INSERT INTO "log_entries" VALUES('3b1d66aa88ac479086c1f2b07bf06f09','record','3de334e1-cf30-4c7b-bdd7-a8ea8c7f52e3','354b8acb77c3d518a9ef3b9a2d93556f25adf4d8e3281492004b757e2bde2688','510462db23de5f628d075d78cf6e590e','399033b4a3a0fff4035c5d56b5653ace074314816828b7acbf995040f0643bba','2026-10-14 02:55:00.000000',6);
INSERT INTO "log_entries" VALUES('1b986916fa2044ea92de156c8d17e04b','review','3de334e1-cf30-4c7b-bdd7-a8ea8c7f52e3','68a39d74b4088ade3a1f4b3f9607c7d614d05710ead8a6b12999ebbc3fdea2af','2cf03e96fc1aeaf1e9fc737f39f4f54e','878c3d6dd90d2ce1f3496b0e1d4ba9ceb5a965a567e53214db80bd6be319de45','2026-10-14 08:55:00.000000',10);
INSERT INTO "log_entries" VALUES('60fff3c8a2e84cdea15f75483e0e540a','record','0040a705-7be1-41bb-9e57-5890504d24fc','762b1150d64a3c48b0a2713991e142c4e9148bc6465fa13a4747287a58adecd2','ad4f00ce8c4cd1f1b6cf88921ab9db76','37664962dda7006d2432aa6b8f94419bf87a3f624cc89782f4c4d952f545a39a','2026-10-15 08:05:00.000000',4);
INSERT INTO "log_entries" VALUES('21de2218fec34d80b4d1e148cd978e58','review','0040a705-7be1-41bb-9e57-5890504d24fc','aff1b55bc50ab9ef7e48db857f29af139be44963b52c935d8ca0ede8ad719e0c','9e79fe765d8d6e0a0fb30ce408cd90f1','d113f6d13b8b0909ce042d27f253ecd37001befacb2c20854257e2fe8a530c39','2026-10-15 14:05:00.000000',16);
INSERT INTO "log_entries" VALUES('19d5ff1c03aa464898492bc275e995d4','record','8caa7399-f4a0-4b1a-a035-328dfa49db00','8032cf88933239f3998b1b220b1590be652c87cad50bc723b9175e760078be19','9e7cb67bb429792954f3351dbf1d67dc','4b07446b941d5c2674b8905dd6a504438608e83a3806cd288bdb810f5f20ac4c','2026-10-17 02:48:00.000000',7);
INSERT INTO "log_entries" VALUES('560ce116ffa94a96aa3ba1ca166d9b33','review','8caa7399-f4a0-4b1a-a035-328dfa49db00','ce1ccbffdfac04169d255aae9a282c26720695c7ee675e9f44084f0ebee180b1','26c884303d314669780d0cdd83de6479','b5655146dff30d217e6b9e3364aa32a589d8cc794066e9241c7952c20946c2e8','2026-10-17 08:48:00.000000',13);
INSERT INTO "log_entries" VALUES('ed42fbd0d4524f0e82ad12f82d5821aa','record','c92def97-023a-4287-9308-ccbaaf69ea73','ba7b385436586921f628921c103cee9c3ad51ac8770e5276804c6b4a769b3f76','99e5277e3ebf0e7b9ca0aa5bf16c32cf','797465bf4705d6b74aaa42c391e9f2c8b0f1d8b495b8d934453f7b1db9705d10','2026-10-18 07:29:00.000000',9);
INSERT INTO "log_entries" VALUES('277e050f0d7f4681997e93b09d089627','review','c92def97-023a-4287-9308-ccbaaf69ea73','c7e12cfb32c93bd020bcc9f8542bca4fde3b7e7daee3342354b987286e2ed91d','1b354e4b3e9575b528b49a2f673d536f','0b89e899a5adb1f7af1092f88406b37ac998f3e54f24d08b45486e270e0d04c5','2026-10-18 13:29:00.000000',1);
INSERT INTO "log_entries" VALUES('ce7c0b2a2aa44d7cafadcee31c95f0a6','record','065682aa-a486-41fa-9416-f7094c952ba4','5d9ad474a3753ad61d5603e9c09e14ec3520631d39b18efae6bcc209c4fe6107','d2040bb003caabb3cc85628e8df18ad8','2381e4d431f881290b29dbd8b0ca4af5c56fa8600b02aefffb447a29a20be8e0','2026-10-20 04:23:00.000000',2);
INSERT INTO "log_entries" VALUES('3f3d44ad88bb485087ae3b8df364c115','review','065682aa-a486-41fa-9416-f7094c952ba4','418d88c75093ee1918e464484471926685d8d70b30e2493ef659ef3d536d474f','b24be0afa22b89272a0d55eb62f561be','d82d107367a1ee4b0d4b4f2803f746a8b09033db36e9744294a26b439f25559e','2026-10-20 10:23:00.000000',18);
INSERT INTO "log_entries" VALUES('3f9fd58362ca4919ad284ac6d7333cb8','record','d1b571fb-3451-43b3-b902-f57bb305ba30','f3db883969745f74250f3fbadc8da05242fa245cf13148d0759157e4a49d3097','8cb98a68d2224b74e60ea7c8a8066a1b','8cb4de4b865e4d9f1550d48a94707a324e66e0b7c42ba5ead3e4bcc995aa3792','2026-10-21 08:56:00.000000',11);
INSERT INTO "log_entries" VALUES('5488c1ee20ae4824b121a2558f7565f8','review','d1b571fb-3451-43b3-b902-f57bb305ba30','cb1ca19da0bc8be13df271fb5b0a696c0b4b49928be3ea0a7d3459b32e9603ac','8a5be7e70ab4a610a14c9bdf5db9f948','330cf0b19ffd146fa05d434acc0544c1620fb1ff6258db0185d272a72e8d9b2f','2026-10-21 14:56:00.000000',3);
INSERT INTO "log_entries" VALUES('d78d1db568b54046bef4fed04377d418','record','755009c2-a241-408d-9c84-d7e39ae36e6f','d3ff405abed458925bbf13d9fdc04df71ba8846d7586f2de33dc2033a8d0710a','abf86c46e77d2b9760eb10753bff9387','38d306dbe62034689730ed77c42690a7518d391402b14122417ccb0cc3a0e862','2026-10-23 02:26:00.000000',5);
INSERT INTO "log_entries" VALUES('72455a4cd65243d18396290abb0ffc6b','review','755009c2-a241-408d-9c84-d7e39ae36e6f','348d51074515f851377daf3175b3c245cca1304948327c1548327d73e004e221','e216d7364225d0171d820a57a820e1c0','02868ea5763d9a39c90dee6baabb96c4570faab39210b0ec40be1348d32d84a4','2026-10-23 08:26:00.000000',0);
INSERT INTO "log_entries" VALUES('7019122d307447ec9d582a0a7e566765','survey','101c1836-55cf-4472-8d7f-9533c5cc15a6','53b49316cb8447cd61b3cfa80d710e67540ba888e5ae1fce882503824099f99c','a5b485287f4a5aa7c7ed5ce37091c52a','b7e6699ee52f2031428201f6893b51c28a414211c18e17e297b799fb045305ff','2026-10-23 23:44:01.444000',15);
INSERT INTO "log_entries" VALUES('b65fb8b17253465999937b62f5dd6d14','record','9e683a33-4bdb-4d17-9bbe-b17116c65a1e','6362a41ff3402a90a557bd8a2ed882643ecbaf5d9d3d3a5f5eb1b13cfd1bc42f','05903de7e21658a83db1d50de57a8c8f','515a392ac4ab91067d61991cfb933b7c57cc4217e1ab82e1139587b81ed6a55f','2026-10-24 07:03:00.000000',8);
INSERT INTO "log_entries" VALUES('e928337e72a14e50b5413d8d2e0d40a5','review','9e683a33-4bdb-4d17-9bbe-b17116c65a1e','ed31e6565828f6900a245a219efd074a4c67f299e384199e3001347c15002e07','c5a7c7c45378ce74fb2ed0ebf689da06','aa7e6da65fb7e75ac35ceb08a7d0d48fe13a71467361aa68bbbb8cea89d2a42f','2026-10-24 13:03:00.000000',12);
INSERT INTO "log_entries" VALUES('ade97780f4284d42825c4d1ea35d217a','draw','3815fc57-c122-4c74-ab46-0069427a4a1a','f326cc52b4e066cf79640aa825bd682cf560073bd7225a838727666875c530aa','819de46df52b9071405802ba18837d43','b76b4d4708292c7e716ac84af5e7829feaec56897877f9bfb1e2c1b3e48eca72','2026-10-27 23:44:01.444000',14);
INSERT INTO "log_entries" VALUES('6a2186e082fa4f48adebd0eba0d4ead4','draw','3815fc57-c122-4c74-ab46-0069427a4a1a','f4092d1d685f6cb291dd31890cbe1a7bb4a92b1dd78b3be0a8472ddc0a9aeb0c','25b6772f9e5915777e3ce1a6616c13da','f09a04f0f8bb04e3dccb72501a6a177ed5d9842ff3e20b8f8e91dfc846a4b8ee','2026-10-27 23:44:01.444000',54);
INSERT INTO "log_entries" VALUES('dd97ce19b4a043e7adec4f843021e2fd','draw','3815fc57-c122-4c74-ab46-0069427a4a1a','7537bfad200dbc77571baac554b43c3085f777694e74f106d658bcacb3f18230','cdc9066bc0fecd6c68e33964ede58863','2ef110186d48a2259e529d430111630cd32a90ceda426cb5e26bbd2f4e9c77c7','2026-10-27 23:44:01.444000',26);
INSERT INTO "log_entries" VALUES('00ffbd863b744a3faf3af228db179813','reply','2026-0002','d8239d0decb4f2d135393d36db461b959a953c76f482f6f37b42e1f0c03a506a','5f65e2876e96b24f6d7e6f50ddedce34','953b99b12727aa3cd855752cd3184669b44c3fa264278de2eabb48f0427c43f1','2026-11-07 23:44:01.444000',42);
INSERT INTO "log_entries" VALUES('1f99e5aa36824cb4810122d1d8241ac8','record','33a14fab-a4c5-4bc2-8a7a-f0172cf7a0ec','90babeb1692431460c5035be18f53f90ae260d9ff0249d5174f075749ac1e1f4','48e9bbef15b738ce8f2998cc3e938d8e','bed9e19bb57596d4381233f9b910bfd8a143952f17cce94abc52bd2b456d73a9','2026-11-11 02:04:00.000000',47);
INSERT INTO "log_entries" VALUES('0cc91234ee084a6999e408e13ff3d7fd','media','33a14fab-a4c5-4bc2-8a7a-f0172cf7a0ec','825afce1d9641aa84d877002758d2ad0c4e94c4477bd85555dc53be16647581e','7ad950f7b0dc83bbe3d79d5bb7949147','79eef24d476ebed7ba56318ac2d9b558ad2ee5e24d7745889946da58bc71d464','2026-11-11 02:04:00.000000',38);
INSERT INTO "log_entries" VALUES('60517390099f4477bddfa6935835ee48','pixels','825afce1d9641aa84d877002758d2ad0c4e94c4477bd85555dc53be16647581e','484b2ab1eac15dd9a471229205766421fe5048ed0af8748293748a2b173ef2e5','b999b8d6e94525e1649c8d6b3071cb82','14c23e0e2e71c9cb499b460a18fdc54834772f0460ea1f14a73ece49de0f418e','2026-11-11 02:04:00.000000',24);
INSERT INTO "log_entries" VALUES('9af406e72bdb434f8538e269413fa93b','redaction','825afce1d9641aa84d877002758d2ad0c4e94c4477bd85555dc53be16647581e','737f15b48a562ddf7c080e078dfba5b99098e46e564d8ae0eb02800385eac57c','567ed48e8e4c24d335438f6dd23780b3','3215f5a1bde3192ddf296ea7ba1685b371e33cc6bf89709cd8bb4a8d47dc1120','2026-11-11 08:04:00.000000',27);
INSERT INTO "log_entries" VALUES('9a4b6ce029ed4565b2d2ba06dfe839c3','review','33a14fab-a4c5-4bc2-8a7a-f0172cf7a0ec','7abd10b0d6d9d81100dadfd7971e37a137b57ef797a5570f146c6d0e44e93036','8f1da66714ab14f0845a62e30bc3490f','06cc88d667cc656f1a85a687a6a08db25ce25caf43ae5b9ab6a66cb9a693b7c2','2026-11-11 08:04:00.000000',23);
INSERT INTO "log_entries" VALUES('6321607d977c43abbf9637f32bcfb0f9','review','33a14fab-a4c5-4bc2-8a7a-f0172cf7a0ec','70f4ceca6d347574ea33b6250020da348565bb317e181302b6a011ff4c141190','e82ad48377a367a7061a0929279fd43d','bcaa97493fbecf52deddd89b3b3e3236813762de208676b8b6d6e5cc31970f56','2026-11-11 08:04:00.000000',46);
INSERT INTO "log_entries" VALUES('5fd93b993f084937a2ea6319b2ac08a9','record','5f757031-ec77-4d21-a965-44044dddef21','daff1e06a988e9970d4277fd79fc0d22a005211c6e454bb3d32dd55f2bac9525','747ba2b41d23b4dcda5a14af747830c7','7a620c420eb4679b6b68bb2121d9b0936e032102e92be421be652954edd4db20','2026-11-12 02:44:00.000000',39);
INSERT INTO "log_entries" VALUES('517661e8b52c45fda59aa63dba7531b2','media','5f757031-ec77-4d21-a965-44044dddef21','65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f','bbf07bcbc6c31e20eeccb5ca00d214b7','cb6678c61243fe86c52a3dcc62cb986c1dac30af4abe6b98b88c88c121b2392c','2026-11-12 02:44:00.000000',48);
INSERT INTO "log_entries" VALUES('9aa3ab80e5a74510b49bdbfe36deca3d','pixels','65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f','65a595927fcd63cc1c507da79a824cc2c1d633d5e17fb2cc68fca25af8062a8a','2f3e41c616d73e880de864b7556d677e','069ccf5f4c9247995c2b1dae925082967c7f9f6d27de14db716b601b73445ec9','2026-11-12 02:44:00.000000',22);
INSERT INTO "log_entries" VALUES('5720368b20eb404793925796980bcb02','redaction','65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f','e505a5c5de06d873b868926887c3df3f9650bdb1c967cf6453f825df6f9a4c5c','901e99f63a50ead40d11d3f0396ab1b3','712af1468965d400dbf0f58b5c003bc020c6ebb5a677465f9cbf66600d4871a7','2026-11-12 08:44:00.000000',35);
INSERT INTO "log_entries" VALUES('7a23c36bc62346c4a2fc6bd081e48312','review','5f757031-ec77-4d21-a965-44044dddef21','9160db8d23f24f69f13ed7288fc280dc81b6c339cb366fb591e767c79f3929ba','229384a6b8dfd2b016dfbf9b8f4a882b','792b41ca1d7d965cbbeae9fa31bb6810d56757ac2e082cf1a4264586833d2afe','2026-11-12 08:44:00.000000',36);
INSERT INTO "log_entries" VALUES('9992c4b4d1e545c2a1fb16b2c873f2d5','review','5f757031-ec77-4d21-a965-44044dddef21','28a5c6be8443d227b6d5ba6ae3d16977b64411285b4f99d7dfa26fd112a2ad82','01fd534a09687de1bbf9e753cdc27abc','a7dbe8a05e38694ddfcd730cdf7631a41d9d6eaeb1e8473cb0d8f34cc3ef5508','2026-11-12 08:44:00.000000',44);
INSERT INTO "log_entries" VALUES('76181df09c1949e39fdae7d47ad98f85','reply','2026-0003','0cfd2b43659656e01a14fe5855d7180d86773e92b3bd6980b84bd22db851ccfa','624c573e3dea6cce3118945c2f46da06','da3a1418382ccc058df8424febb9c9ec7a5a4718679e1d786de57d18448ab166','2026-11-14 02:44:00.000000',52);
INSERT INTO "log_entries" VALUES('95435c102a174fc987927f7b2c477269','reply','2026-0003','025731257fb6766b681b4638fa2a4cefb9d403918d9d96408da81617371b8290','2715424d82425051d4b2460cf5cc4c57','4532bab48755704c0d47b6b84d333e38b7916c7dab4e57398c3b5c8695ce4c6f','2026-11-15 02:44:00.000000',29);
INSERT INTO "log_entries" VALUES('1ddbb3f07bf24e6d8d4714f3c85ba8ff','notice','甲整办通〔2026〕1号','27503625377be0017bb26cfbe3037d988c66bdd778184a201ac7bc5bf69aa0c9','44af0e69165f853c2b76fcf4eb3c8398','98b4b988e9ec79642100c8b61264e03278b66f3cdfbb3182e18c66f5b503f8fc','2026-11-17 02:44:00.000000',43);
INSERT INTO "log_entries" VALUES('8f08a729fa3643ccb93bbc784732bc2e','ballots','9d65f82a-710e-48d0-b64b-37d1e047fb6a charter','6bdf7c59f0f86bed0bac82607f1ef9dcaa71cc5dc8d21488d38612ec45fce7d0','ec8771247c94dfebc8653d94429d6be6','454db406ab9e03d566ac2f7d3f12ae3fe648e8828f6f41f6b5fdb3cadc05f25b','2026-11-12 23:44:01.444000',30);
INSERT INTO "log_entries" VALUES('8a0a10e3a6344bc3a436ed1949f2f7c7','ballots','9d65f82a-710e-48d0-b64b-37d1e047fb6a seal','29b0266c4fc396e15915aaa8f7d5ec7475564ad94ff4a06b741cc13518b95ce2','b143147f37bff5e1f5d12e7daebd1df3','b160fa27ab7d52833059dee0f02b2cb44c09cfc7c12922b4b2bd31e8d7dba8ba','2026-11-12 23:44:01.444000',45);
INSERT INTO "log_entries" VALUES('e4934486e63841b5bc27d695d53275bd','ballots','9d65f82a-710e-48d0-b64b-37d1e047fb6a result','ac3149eac89e3c736f022d75361517148f19af8b59e6a8edcd3847defd6b6094','f7575bf90e74a7fe9c83be6e3dd939da','d6a7a1edcccfccbb43fb4bd6614e5b1cd91b93a5b2d98fbe4c50996f9ed4b96c','2026-11-12 23:44:01.444000',51);
INSERT INTO "log_entries" VALUES('8004187892d24a9ab232430acccac3c1','record','50f9d8be-af9b-4ad3-8455-bd5009775c38','a181a91ed895e6b19506086604ce098fa22c816ddaaeb0130b40760b1173b154','b9e748ba4978b1ddcf8ff9aba5bf4c1e','ce8ac22783b9052ec7c3f63d5a90bd6595fcee17efbbe82f783f296da97fd595','2026-11-14 03:19:00.000000',49);
INSERT INTO "log_entries" VALUES('28b2bd8a2a1c4b4192825b247eb47d6b','review','50f9d8be-af9b-4ad3-8455-bd5009775c38','3d6aa5022af377ec40304618a78c5f8bec921c3bb2929f34ddf2f2a4f98fb5f4','a88111e660e45492dd2f7047562b4a65','60007e79e1b536382a022fa74799d8476ef0fc24534cb011e7c558d4329707dc','2026-11-14 09:19:00.000000',32);
INSERT INTO "log_entries" VALUES('c1c671e654c147caa7ac78920218c365','ranking','b20d1262-b200-4dfa-b301-270044c293f5','c93cf48cb114c1dff7158c273b3bbece1d6586f08b28c539a7a9abc5e3b54d91','0e80b2a3a4bc36be2813b08fa3d1ae56','85538975a80449a7af0226bace9b66a3058e0314d1f916ad83a2667e591e8d76','2026-11-15 23:44:01.444000',41);
INSERT INTO "log_entries" VALUES('71756d86f3ea466d9b5d60335b1549f7','notice','甲整办改〔2026〕1号','7ff91100eed88b2337a7960820d831827e9df6a47cabbac1eba839388654301f','f92bb9f9bc9ed5b9d48d92a26a73d9e6','299a720f25ee94c5bfd13e69ecf562c2a29a75cf5ea98a6a479d502a30429be8','2026-11-16 23:44:01.444000',25);
INSERT INTO "log_entries" VALUES('4baa8cb908d244349776f8019ae48172','record','196271a5-6693-4b38-bd6f-3ee48b8322af','4c0c22985e10adcfc8b1f9bc0abece8051e70cdec636d07689a44778bbdde976','8d5e9c7bf71337be2b0cad7b351b2aa5','022af20282cba3b37729247422d8204acbc4fae00ad4fe5ee8ca8faedd0f9816','2026-11-19 07:44:00.000000',20);
INSERT INTO "log_entries" VALUES('a28110289a514b4ea7332c8688743427','media','196271a5-6693-4b38-bd6f-3ee48b8322af','4aaed3d003241e2575f1bdd2ec5a5950c0f7f02bb732b3947139b9ad8eeb4c9b','a845cb7c576cafa5674f1f6a39f6ed06','67eef9b1617b6097ca0a6e36a976392a63916211eac583fc6a3686fdc97f3e38','2026-11-19 07:44:00.000000',33);
INSERT INTO "log_entries" VALUES('ada6ac8f68c746709afc7b554caf0f7c','pixels','4aaed3d003241e2575f1bdd2ec5a5950c0f7f02bb732b3947139b9ad8eeb4c9b','b3d3461a8aa26ad6040743d06a4e5309b9d43ca40ef4fa794b25858f774fb5c9','862349f37c4d8a834adca81e9c24437b','7e6bc118e181d1e21916451cc7f39ba1f6c5c4669f98aba890335909d1937a41','2026-11-19 07:44:00.000000',40);
INSERT INTO "log_entries" VALUES('d5878ee66c9244f49285e91e241e5b79','survey','1c9e1465-986e-4bfe-9266-77acbf7b9d10','65bd75fe029d4433d107608c6a130ca2cb205abb0dfff31bdf5dff6dc98a3e56','2e8bbfdefd2327b30db0451d906a143b','6a74d048aaacd27a41b35cd0749a8ca9f432928e9469d6d293484ef778337e1e','2026-11-19 23:44:01.444000',34);
INSERT INTO "log_entries" VALUES('f655190276fe43b9990d582b9b0600a8','record','2ecc71b0-ab5c-4716-95a2-cb24fab1364d','b943376c21e541cc90a063d87284acfea9f8f9ed1ecad50cd1dc95a0443ada1d','0520f0e7ed63dc1705ce396e447e777a','d14e7f24865eca8f04e7ad3648d94540612087453a5e5e6402c2410ea800c2c7','2026-11-20 10:46:00.000000',50);
INSERT INTO "log_entries" VALUES('24eb3afd79694f6a98255b2f0c49b92b','record','d7c92fa3-80cb-40fb-96cc-aef1e2b1170a','bb5f00dde272ebf7f81533bbc1f18edb97f3d38853a6fc59dd3182eec132f992','9606e39ea29d88d1669597cb8af47d0f','4da9606bcadc5ae84b902752c0f532f2393efbdd432275926bd95648b346c4af','2026-11-21 08:07:00.000000',31);
INSERT INTO "log_entries" VALUES('772efad52a5842dbacbf49cc294082a4','media','d7c92fa3-80cb-40fb-96cc-aef1e2b1170a','9a7f70fcbfa69e906e3dd2f4386cc46765ec33c97a94cbb0718f4d47e2a04195','4e07ccb83830ee0480915696f795e9f8','422ca20cde4635d0933af68c4aedeb861e30e8a96222d66f90020e77bfa80450','2026-11-21 08:07:00.000000',28);
INSERT INTO "log_entries" VALUES('c956a67f7955409495c52861549632f1','pixels','9a7f70fcbfa69e906e3dd2f4386cc46765ec33c97a94cbb0718f4d47e2a04195','3ea07d72544ecce7dc2247b6c45ba62d1c1f570cb6811cfaba6f93b0119f4796','e1461405ea401871e7111d41c9f83f23','0408670f1107d21b03f728e38337c7776728c74ad3c5511d0535e6355b00b4db','2026-11-21 08:07:00.000000',21);
INSERT INTO "log_entries" VALUES('bc02a09291f24a2ea2b60f58f7c65312','review','d7c92fa3-80cb-40fb-96cc-aef1e2b1170a','2cdbcadf3a05f689ba7ae21f79dd7b4504501e7da4c854daf4d72c5137902386','e2a50dd5e7332bedc1b4096d96a6b8a3','79e68323a57e6a4354ab0789c964f906a98bcf992d3b7167d2b2dd7f47a7ffbd','2026-11-21 14:07:00.000000',37);
INSERT INTO "log_entries" VALUES('7ff89b95e6cc4f15a0e11fb4a00f5ac4','record','b96d5f6e-2774-4baa-b130-4b909184174b','01647bcea001c57395af6e0db246573ad5c4b36bb5aa0910d846ac9f845e9f32','b0da400a7f51f1f728bc8e6bd8b37988','db8062d4612bfd7a1a8c7094e5a008c2f732d618f13f83571cfa175e25994010','2026-11-22 01:37:00.000000',53);
CREATE TABLE log_stamps (
	size INTEGER NOT NULL, 
	authority VARCHAR NOT NULL, 
	url VARCHAR NOT NULL, 
	certificates VARCHAR NOT NULL, 
	stamp VARCHAR NOT NULL, 
	stamped_at DATETIME NOT NULL, 
	CONSTRAINT pk_log_stamps PRIMARY KEY (size, authority), 
	CONSTRAINT fk_log_stamps_size_log_checkpoints FOREIGN KEY(size) REFERENCES log_checkpoints (size)
);
CREATE TABLE media (
	sha256 VARCHAR NOT NULL, 
	bytes INTEGER NOT NULL, 
	stored_at DATETIME NOT NULL, 
	decoded_state VARCHAR NOT NULL, 
	failure VARCHAR, 
	found_mime VARCHAR, 
	kind_mismatch BOOLEAN NOT NULL, 
	width INTEGER, 
	height INTEGER, 
	phash VARCHAR, 
	exif JSON, 
	tile_secret VARCHAR, 
	tile_root VARCHAR, 
	deleted_at DATETIME, 
	CONSTRAINT pk_media PRIMARY KEY (sha256)
);
INSERT INTO "media" VALUES('825afce1d9641aa84d877002758d2ad0c4e94c4477bd85555dc53be16647581e',211679,'2026-11-11 02:04:00.000000','decoded',NULL,'image/jpeg',0,1600,1200,'cce6d28e276e2864','{"taken_local": "2026-11-11T09:27:30", "utc_offset": "+08:00", "gps_at": "2026-11-11T01:27:30Z", "lat_e7": 297018000, "lon_e7": 1159951000, "make": "Anfang", "model": "Demonstration", "software": null, "orientation": 1, "screenshot": false, "exif_damaged": false}','d5bbd119fc1573a5068242973cde4689fb78f254a19de01d3cad7c3ff6402337','484b2ab1eac15dd9a471229205766421fe5048ed0af8748293748a2b173ef2e5',NULL);
INSERT INTO "media" VALUES('65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f',232028,'2026-11-12 02:44:00.000000','decoded',NULL,'image/jpeg',0,1600,1200,'f15146233b19f0f0','{"taken_local": "2026-11-12T09:55:00", "utc_offset": "+08:00", "gps_at": "2026-11-12T01:55:00Z", "lat_e7": 297012900, "lon_e7": 1159903600, "make": "Anfang", "model": "Demonstration", "software": null, "orientation": 1, "screenshot": false, "exif_damaged": false}','ea43f3e3368eab033076495d4d952d4e9cbeddf3e5e09e3f3e180d39e48e3d5a','65a595927fcd63cc1c507da79a824cc2c1d633d5e17fb2cc68fca25af8062a8a',NULL);
INSERT INTO "media" VALUES('4aaed3d003241e2575f1bdd2ec5a5950c0f7f02bb732b3947139b9ad8eeb4c9b',226442,'2026-11-19 07:44:00.000000','decoded',NULL,'image/jpeg',0,1600,1200,'e8eace86bacece4e','{"taken_local": "2026-11-19T15:02:30", "utc_offset": "+08:00", "gps_at": "2026-11-19T07:02:30Z", "lat_e7": 297048600, "lon_e7": 1159861700, "make": "Anfang", "model": "Demonstration", "software": null, "orientation": 1, "screenshot": false, "exif_damaged": false}','5c7b6f452083280fa8471adc44302a7b20b9e4e745c5687d5a59bae3620993cc','b3d3461a8aa26ad6040743d06a4e5309b9d43ca40ef4fa794b25858f774fb5c9',NULL);
INSERT INTO "media" VALUES('9a7f70fcbfa69e906e3dd2f4386cc46765ec33c97a94cbb0718f4d47e2a04195',169327,'2026-11-21 08:07:00.000000','decoded',NULL,'image/jpeg',0,1600,1200,'f1a8a9b9d96c44f0','{"taken_local": "2026-11-21T15:29:00", "utc_offset": "+08:00", "gps_at": "2026-11-21T07:29:00Z", "lat_e7": 296969500, "lon_e7": 1159936200, "make": "Anfang", "model": "Demonstration", "software": null, "orientation": 1, "screenshot": false, "exif_damaged": false}','691f0a48d2846002342c1f1ee990c9d3b14f5763c4985c544c766a61d859e51c','3ea07d72544ecce7dc2247b6c45ba62d1c1f570cb6811cfaba6f93b0119f4796',NULL);
CREATE TABLE media_claims (
	owner_id CHAR(32) NOT NULL, 
	inspector_id CHAR(32) NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	device_id CHAR(32) NOT NULL, 
	declared_mime VARCHAR, 
	declared_at DATETIME NOT NULL, 
	held_at DATETIME, 
	CONSTRAINT pk_media_claims PRIMARY KEY (owner_id, inspector_id, sha256), 
	CONSTRAINT fk_media_claims_device_id_devices FOREIGN KEY(device_id) REFERENCES devices (id), 
	CONSTRAINT fk_media_claims_inspector_id_inspectors FOREIGN KEY(inspector_id) REFERENCES inspectors (id)
);
INSERT INTO "media_claims" VALUES('33a14faba4c54bc28a7af0172cf7a0ec','f7e3a9469856477f8962aa4ec3de4d7d','825afce1d9641aa84d877002758d2ad0c4e94c4477bd85555dc53be16647581e','56cc77c06b5a4465b5ebdf30ebc5a8a5','image/jpeg','2026-11-11 02:04:00.000000','2026-11-11 02:04:00.000000');
INSERT INTO "media_claims" VALUES('5f757031ec774d21a96544044dddef21','ea543582cd67473fa882e24fdfcf2648','65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f','932366ce8568466ca20ee8ac83541cf9','image/jpeg','2026-11-12 02:44:00.000000','2026-11-12 02:44:00.000000');
INSERT INTO "media_claims" VALUES('196271a566934b38bd6f3ee48b8322af','5bf77597808a4ed98d9e50444ac87169','4aaed3d003241e2575f1bdd2ec5a5950c0f7f02bb732b3947139b9ad8eeb4c9b','f47da8efaecf4effb965f776bd501c47','image/jpeg','2026-11-19 07:44:00.000000','2026-11-19 07:44:00.000000');
INSERT INTO "media_claims" VALUES('d7c92fa380cb40fb96ccaef1e2b1170a','f7e3a9469856477f8962aa4ec3de4d7d','9a7f70fcbfa69e906e3dd2f4386cc46765ec33c97a94cbb0718f4d47e2a04195','56cc77c06b5a4465b5ebdf30ebc5a8a5','image/jpeg','2026-11-21 08:07:00.000000','2026-11-21 08:07:00.000000');
CREATE TABLE media_hashes (
	band SMALLINT NOT NULL, 
	value INTEGER NOT NULL, 
	hash BIGINT NOT NULL, 
	CONSTRAINT pk_media_hashes PRIMARY KEY (band, value, hash)
)
 WITHOUT ROWID

;
INSERT INTO "media_hashes" VALUES(0,9200,-1057987320326000400);
INSERT INTO "media_hashes" VALUES(0,34382,-1663290034304922034);
INSERT INTO "media_hashes" VALUES(0,36452,-3682024137340082076);
INSERT INTO "media_hashes" VALUES(0,47600,-1033389498799733520);
INSERT INTO "media_hashes" VALUES(1,18160,-1057987320326000400);
INSERT INTO "media_hashes" VALUES(1,43332,-1033389498799733520);
INSERT INTO "media_hashes" VALUES(1,52942,-1663290034304922034);
INSERT INTO "media_hashes" VALUES(1,53800,-3682024137340082076);
INSERT INTO "media_hashes" VALUES(2,20761,-1057987320326000400);
INSERT INTO "media_hashes" VALUES(2,43116,-1033389498799733520);
INSERT INTO "media_hashes" VALUES(2,58990,-3682024137340082076);
INSERT INTO "media_hashes" VALUES(2,60110,-1663290034304922034);
INSERT INTO "media_hashes" VALUES(3,52263,-3682024137340082076);
INSERT INTO "media_hashes" VALUES(3,59578,-1663290034304922034);
INSERT INTO "media_hashes" VALUES(3,61755,-1057987320326000400);
INSERT INTO "media_hashes" VALUES(3,61913,-1033389498799733520);
CREATE TABLE notice_authors (
	notice_id CHAR(32) NOT NULL, 
	user_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_notice_authors PRIMARY KEY (notice_id, user_id), 
	CONSTRAINT fk_notice_authors_notice_id_notices FOREIGN KEY(notice_id) REFERENCES notices (id), 
	CONSTRAINT fk_notice_authors_user_id_users FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "notice_authors" VALUES('3ce80889d24444a5b286d3e713175620','bbd25f58f7644374a72bd5cf0dca7891');
INSERT INTO "notice_authors" VALUES('d60091e7ed744233b05fe338c6ff85f9','bbd25f58f7644374a72bd5cf0dca7891');
INSERT INTO "notice_authors" VALUES('9ea98369751b488eb36870def0fc1787','bbd25f58f7644374a72bd5cf0dca7891');
INSERT INTO "notice_authors" VALUES('75eae0ab082a40da86d7d0a3987a41a9','bbd25f58f7644374a72bd5cf0dca7891');
INSERT INTO "notice_authors" VALUES('47c28617af3f4ee4b016ca0446b5fcc4','bbd25f58f7644374a72bd5cf0dca7891');
CREATE TABLE notice_cases (
	notice_id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_notice_cases PRIMARY KEY (notice_id, case_id), 
	CONSTRAINT fk_notice_cases_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_notice_cases_notice_id_notices FOREIGN KEY(notice_id) REFERENCES notices (id)
);
INSERT INTO "notice_cases" VALUES('3ce80889d24444a5b286d3e713175620','91adbb9c04084c7b9ce6d016a5118e4e');
INSERT INTO "notice_cases" VALUES('d60091e7ed744233b05fe338c6ff85f9','91adbb9c04084c7b9ce6d016a5118e4e');
INSERT INTO "notice_cases" VALUES('9ea98369751b488eb36870def0fc1787','827e8aace0e14c38a876f1f71976959b');
INSERT INTO "notice_cases" VALUES('75eae0ab082a40da86d7d0a3987a41a9','91adbb9c04084c7b9ce6d016a5118e4e');
INSERT INTO "notice_cases" VALUES('47c28617af3f4ee4b016ca0446b5fcc4','2a95e8f87577460d843475b8e8e1afc0');
CREATE TABLE notice_pictures (
	notice_id CHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	finding_id CHAR(32) NOT NULL, 
	original_sha256 VARCHAR NOT NULL, 
	png_sha256 VARCHAR NOT NULL, 
	caption VARCHAR NOT NULL, 
	CONSTRAINT pk_notice_pictures PRIMARY KEY (notice_id, position), 
	CONSTRAINT fk_notice_pictures_finding_id_findings FOREIGN KEY(finding_id) REFERENCES findings (id), 
	CONSTRAINT fk_notice_pictures_notice_id_notices FOREIGN KEY(notice_id) REFERENCES notices (id), 
	CONSTRAINT uq_notice_pictures_notice_id_finding_id_original_sha256 UNIQUE (notice_id, finding_id, original_sha256)
);
INSERT INTO "notice_pictures" VALUES('3ce80889d24444a5b286d3e713175620',0,'7af1d948687443d19a799e22f4b25674','65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f','e505a5c5de06d873b868926887c3df3f9650bdb1c967cf6453f825df6f9a4c5c','工作时间7号窗口无人在岗，群众等候三十分钟以上。（2026年11月12日）');
INSERT INTO "notice_pictures" VALUES('d60091e7ed744233b05fe338c6ff85f9',0,'7af1d948687443d19a799e22f4b25674','65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f','e505a5c5de06d873b868926887c3df3f9650bdb1c967cf6453f825df6f9a4c5c','工作时间7号窗口无人在岗，群众等候三十分钟以上。（2026年11月12日）');
CREATE TABLE notice_receipts (
	notice_id CHAR(32) NOT NULL, 
	signed_by CHAR(32) NOT NULL, 
	signed_at DATETIME NOT NULL, 
	remark VARCHAR NOT NULL, 
	CONSTRAINT pk_notice_receipts PRIMARY KEY (notice_id), 
	CONSTRAINT fk_notice_receipts_notice_id_notices FOREIGN KEY(notice_id) REFERENCES notices (id), 
	CONSTRAINT fk_notice_receipts_signed_by_users FOREIGN KEY(signed_by) REFERENCES users (id)
);
CREATE TABLE notice_serials (
	series VARCHAR NOT NULL, 
	year INTEGER NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_notice_serials PRIMARY KEY (series, year)
);
INSERT INTO "notice_serials" VALUES('exposure',2026,1);
INSERT INTO "notice_serials" VALUES('rectification',2026,1);
CREATE TABLE notices (
	id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	series VARCHAR NOT NULL, 
	audience VARCHAR NOT NULL, 
	unit_id CHAR(32), 
	template_id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	title VARCHAR NOT NULL, 
	content JSON NOT NULL, 
	state VARCHAR NOT NULL, 
	number VARCHAR, 
	year INTEGER, 
	serial INTEGER, 
	drafted_by CHAR(32) NOT NULL, 
	drafted_at DATETIME NOT NULL, 
	checked_by CHAR(32), 
	checked_at DATETIME, 
	check_remark VARCHAR, 
	approved_by CHAR(32), 
	approved_at DATETIME, 
	returned_reason VARCHAR, 
	published_at DATETIME, 
	pdf_sha256 VARCHAR, 
	docx_sha256 VARCHAR, 
	office_kid VARCHAR, 
	original_id CHAR(32), 
	reason VARCHAR, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_notices PRIMARY KEY (id), 
	CONSTRAINT ck_notices_unit_reads CHECK ((audience = 'unit') = (unit_id IS NOT NULL)), 
	CONSTRAINT ck_notices_approval CHECK ((state IN ('draft', 'in_approval')) = (approved_by IS NULL)), 
	CONSTRAINT ck_notices_issued_has_docx CHECK ((state IN ('published', 'corrected', 'withdrawn')) = (docx_sha256 IS NOT NULL)), 
	CONSTRAINT ck_notices_issued_has_number CHECK ((state IN ('published', 'corrected', 'withdrawn')) = (number IS NOT NULL)), 
	CONSTRAINT ck_notices_issued_has_pdf CHECK ((state IN ('published', 'corrected', 'withdrawn')) = (pdf_sha256 IS NOT NULL)), 
	CONSTRAINT ck_notices_issued_has_time CHECK ((state IN ('published', 'corrected', 'withdrawn')) = (published_at IS NOT NULL)), 
	CONSTRAINT ck_notices_number_whole CHECK ((number IS NULL) = (year IS NULL) AND (number IS NULL) = (serial IS NULL)), 
	CONSTRAINT ck_notices_four_eyes CHECK (approved_by IS NULL OR approved_by <> drafted_by), 
	CONSTRAINT ck_notices_checked_first CHECK (approved_by IS NULL OR checked_by IS NOT NULL), 
	CONSTRAINT ck_notices_check_by_another CHECK (checked_by IS NULL OR checked_by <> drafted_by), 
	CONSTRAINT fk_notices_approved_by_users FOREIGN KEY(approved_by) REFERENCES users (id), 
	CONSTRAINT fk_notices_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_notices_checked_by_users FOREIGN KEY(checked_by) REFERENCES users (id), 
	CONSTRAINT fk_notices_drafted_by_users FOREIGN KEY(drafted_by) REFERENCES users (id), 
	CONSTRAINT fk_notices_original_id_notices FOREIGN KEY(original_id) REFERENCES notices (id), 
	CONSTRAINT fk_notices_template_id_document_templates FOREIGN KEY(template_id) REFERENCES document_templates (id), 
	CONSTRAINT fk_notices_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_notices_number UNIQUE (number), 
	CONSTRAINT uq_notices_series_year_serial UNIQUE (series, year, serial)
);
INSERT INTO "notices" VALUES('3ce80889d24444a5b286d3e713175620','exposure','exposure','public',NULL,'873f4df966cf410582dcf41a081c7027','6b8dca93f0404b55a7eb38cf02b7a494','关于窗口服务作风暗访情况的通报','{"organ": "\u7532\u6574\u529e\u901a", "mark": "\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4\u6587\u4ef6", "signatory": "\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4", "printed_by": "\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4", "addressees": ["\u5404\u53bf\uff08\u5e02\u3001\u533a\uff09\u4eba\u6c11\u653f\u5e9c", "\u5e02\u76f4\u5404\u5355\u4f4d"], "copies_to": ["\u5e02\u59d4\u529e\u516c\u5ba4", "\u5e02\u653f\u5e9c\u529e\u516c\u5ba4"], "contact": {"name": "\u529e\u516c\u5ba4\u503c\u73ed\u7535\u8bdd", "phone": "0000-0000000"}, "seal": "area", "body": [{"text": "2026\u5e7410\u670814\u65e5\u81f311\u670812\u65e5\uff0c\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4\u7ec4\u7ec7\u6697\u8bbf\u4eba\u5458\uff0c\u91c7\u53d6\u4e0d\u53d1\u901a\u77e5\u3001\u4e0d\u6253\u62db\u547c\u3001\u4e0d\u542c\u6c47\u62a5\u3001\u4e0d\u7528\u966a\u540c\u63a5\u5f85\uff0c\u76f4\u5954\u57fa\u5c42\u3001\u76f4\u63d2\u73b0\u573a\u7684\u65b9\u5f0f\uff0c\u5bf9\u5e02\u7ea7\u653f\u52a1\u670d\u52a1\u7a97\u53e3\u5f00\u5c55\u4e86\u6697\u8bbf\uff0c\u73b0\u573a\u6838\u5bf9\u5e76\u62cd\u7167\u53d6\u8bc1\u3002\u73b0\u5c06\u6709\u5173\u60c5\u51b5\u901a\u62a5\u5982\u4e0b\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u603b\u4f53\u60c5\u51b5", "level": 1}, {"text": "\u672c\u6b21\u6697\u8bbf\u5171\u5230\u8bbf2\u4e2a\u5355\u4f4d\u300110\u4e2a\u70b9\u6b21\u3002\u5176\u4e2d\uff0c1\u4e2a\u5355\u4f4d\u672a\u53d1\u73b0\u95ee\u9898\uff0c1\u4e2a\u5355\u4f4d\u5b58\u5728\u95ee\u9898\uff0c\u5171\u67e5\u5b9e\u95ee\u98983\u4e2a\u3002", "heading": "", "level": 0}, {"text": "\u4ece\u6697\u8bbf\u60c5\u51b5\u770b\uff0c\u591a\u6570\u7a97\u53e3\u670d\u52a1\u89c4\u8303\u3001\u79e9\u5e8f\u826f\u597d\uff0c\u4f46\u4e2a\u522b\u7a97\u53e3\u5728\u5c97\u7eaa\u5f8b\u548c\u9996\u95ee\u8d23\u4efb\u843d\u5b9e\u4e0d\u5230\u4f4d\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u5b58\u5728\u7684\u4e3b\u8981\u95ee\u9898", "level": 1}, {"text": "2026\u5e7411\u670812\u65e5\uff0c\u7532\u5e02\u884c\u653f\u670d\u52a1\u4e2d\u5fc3\u670d\u52a1\u5927\u5385\u793a\u8303\u8def\u884c\u653f\u670d\u52a1\u5927\u5385\uff0c\u9996\u95ee\u8d23\u4efb\u672a\u843d\u5b9e\uff0c\u672a\u5f15\u9886\u529e\u4e8b\u7fa4\u4f17\u3002", "heading": "\u672a\u505a\u5230\uff1a\u9996\u95ee\u8d23\u4efb\u843d\u5b9e\uff1a\u4e3b\u52a8\u63a5\u5f85\u3001\u5f15\u9886\u5230\u4f4d\uff081\u4e2a\uff09\u3002", "level": 2}, {"text": "2026\u5e7411\u670812\u65e5\uff0c\u7532\u5e02\u884c\u653f\u670d\u52a1\u4e2d\u5fc3\u670d\u52a1\u5927\u5385\u793a\u8303\u8def\u884c\u653f\u670d\u52a1\u5927\u5385\uff0c\u672a\u843d\u5b9eAB\u5c97\uff0c\u7a97\u53e3\u7a7a\u5c97\u65e0\u4eba\u9876\u66ff\u3002", "heading": "\u672a\u505a\u5230\uff1a\u843d\u5b9eAB\u5c97\uff0c\u65e0\u7a7a\u7a97\u3001\u7a7a\u5c97\uff081\u4e2a\uff09\u3002", "level": 2}, {"text": "2026\u5e7411\u670812\u65e5\uff0c\u7532\u5e02\u884c\u653f\u670d\u52a1\u4e2d\u5fc3\u670d\u52a1\u5927\u5385\u793a\u8303\u8def\u884c\u653f\u670d\u52a1\u5927\u5385\uff0c\u5de5\u4f5c\u65f6\u95f47\u53f7\u7a97\u53e3\u65e0\u4eba\u5728\u5c97\uff0c\u7fa4\u4f17\u7b49\u5019\u4e09\u5341\u5206\u949f\u4ee5\u4e0a\u3002", "heading": "\u672a\u505a\u5230\uff1a\u5de5\u4f5c\u65f6\u95f4\u7a97\u53e3\u6709\u4eba\u5728\u5c97\uff081\u4e2a\uff09\u3002", "level": 2}, {"text": "", "heading": "\u9648\u8ff0\u7533\u8fa9\u60c5\u51b5", "level": 1}, {"text": "\u901a\u62a5\u524d\uff0c\u4e0a\u8ff0\u95ee\u9898\u5df2\u9010\u4e00\u53cd\u9988\u6709\u5173\u5355\u4f4d\u30021\u4e2a\u5355\u4f4d\u4f5c\u4e86\u9648\u8ff0\u7533\u8fa9\uff0c\u529e\u516c\u5ba4\u9010\u6761\u590d\u6838\u540e\u8ba4\u5b9a\u4ee5\u4e0a\u4e8b\u5b9e\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u5904\u7406\u8981\u6c42", "level": 1}, {"text": "\u8bf7\u6709\u5173\u5355\u4f4d\u5bf9\u7167\u901a\u62a5\u7684\u95ee\u9898\u7acb\u884c\u7acb\u6539\uff0c\u4e8e2026\u5e7412\u67081\u65e5\u524d\u5c06\u6574\u6539\u60c5\u51b5\u4e66\u9762\u62a5\u9001\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4\u3002\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4\u5c06\u5bf9\u6574\u6539\u60c5\u51b5\u7ec4\u7ec7\u590d\u6838\uff0c\u6574\u6539\u4e0d\u529b\u3001\u95ee\u9898\u53cd\u5f39\u7684\uff0c\u6309\u7a0b\u5e8f\u63d0\u8bf7\u6709\u5173\u673a\u5173\u5904\u7406\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u4e0b\u6b65\u5de5\u4f5c", "level": 1}, {"text": "\u5404\u5355\u4f4d\u8981\u5f15\u4ee5\u4e3a\u6212\u3001\u4e3e\u4e00\u53cd\u4e09\uff0c\u5bf9\u7167\u68c0\u67e5\u672c\u5355\u4f4d\u540c\u7c7b\u95ee\u9898\uff0c\u5065\u5168\u957f\u6548\u673a\u5236\u3002\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4\u5c06\u7ee7\u7eed\u5f00\u5c55\u6697\u8bbf\uff0c\u5e76\u9002\u65f6\u201c\u56de\u5934\u770b\u201d\u3002", "heading": "", "level": 0}], "annexes": [{"title": "\u6697\u8bbf\u53d1\u73b0\u95ee\u9898\u5355\u4f4d\u60c5\u51b5\u8868", "body": [], "table": {"columns": [{"title": "\u5e8f\u53f7", "share": 0.6, "centred": true}, {"title": "\u5355\u4f4d", "share": 3.0, "centred": false}, {"title": "\u95ee\u9898", "share": 3.0, "centred": false}, {"title": "\u6570\u91cf", "share": 0.7, "centred": true}], "rows": [["1", "\u7532\u5e02\u884c\u653f\u670d\u52a1\u4e2d\u5fc3\u670d\u52a1\u5927\u5385", "\u672a\u505a\u5230\uff1a\u9996\u95ee\u8d23\u4efb\u843d\u5b9e\uff1a\u4e3b\u52a8\u63a5\u5f85\u3001\u5f15\u9886\u5230\u4f4d", "1"], ["2", "\u7532\u5e02\u884c\u653f\u670d\u52a1\u4e2d\u5fc3\u670d\u52a1\u5927\u5385", "\u672a\u505a\u5230\uff1a\u843d\u5b9eAB\u5c97\uff0c\u65e0\u7a7a\u7a97\u3001\u7a7a\u5c97", "1"], ["3", "\u7532\u5e02\u884c\u653f\u670d\u52a1\u4e2d\u5fc3\u670d\u52a1\u5927\u5385", "\u672a\u505a\u5230\uff1a\u5de5\u4f5c\u65f6\u95f4\u7a97\u53e3\u6709\u4eba\u5728\u5c97", "1"]]}}]}','published','甲整办通〔2026〕1号',2026,1,'bbd25f58f7644374a72bd5cf0dca7891','2026-11-17 02:44:00.000000','4ed633584770434c84bda1913fdbc703','2026-11-17 02:44:00.000000','事实清楚，依据明确，单位已陈述申辩，未涉及个人信息，同意按程序报批。','e86b8dcef421485a96942f813d1fae22','2026-11-17 02:44:00.000000',NULL,'2026-11-17 02:44:00.000000','27503625377be0017bb26cfbe3037d988c66bdd778184a201ac7bc5bf69aa0c9','7d4b0d40734cbfc289569a221431dac70141eb99bcf6b4aa6d235fdd8b890c43','q3Hz_MzEYMW7ngtx6uJqObqoa2gbPsk4h19hCmZeyhA',NULL,NULL,5);
INSERT INTO "notices" VALUES('d60091e7ed744233b05fe338c6ff85f9','rectification','rectification','unit','4bf49f563a964b3e8ece13c3eb824880','dc188c961a8143fa9dbd1ac5bc382999','6b8dca93f0404b55a7eb38cf02b7a494','关于服务大厅窗口空岗问题的整改通知书','{"organ": "\u7532\u6574\u529e\u6539", "mark": "\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4\u6587\u4ef6", "signatory": "\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4", "printed_by": "\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4", "addressees": ["\u7532\u5e02\u884c\u653f\u670d\u52a1\u4e2d\u5fc3"], "copies_to": [], "contact": {"name": "\u529e\u516c\u5ba4\u503c\u73ed\u7535\u8bdd", "phone": "0000-0000000"}, "seal": "area", "body": [{"text": "2026\u5e7411\u670812\u65e5\uff0c\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4\u5728\u6697\u8bbf\u4e2d\u53d1\u73b0\u4f60\u5355\u4f4d\u5b58\u5728\u4ee5\u4e0b\u95ee\u9898\uff0c\u73b0\u901a\u77e5\u4f60\u5355\u4f4d\u9650\u671f\u6574\u6539\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u67e5\u660e\u7684\u4e8b\u5b9e", "level": 1}, {"text": "1.2026\u5e7411\u670812\u65e5\uff0c\u7532\u5e02\u884c\u653f\u670d\u52a1\u4e2d\u5fc3\u670d\u52a1\u5927\u5385\u793a\u8303\u8def\u884c\u653f\u670d\u52a1\u5927\u5385\uff0c\u9996\u95ee\u8d23\u4efb\u672a\u843d\u5b9e\uff0c\u672a\u5f15\u9886\u529e\u4e8b\u7fa4\u4f17\u3002", "heading": "", "level": 0}, {"text": "2.2026\u5e7411\u670812\u65e5\uff0c\u7532\u5e02\u884c\u653f\u670d\u52a1\u4e2d\u5fc3\u670d\u52a1\u5927\u5385\u793a\u8303\u8def\u884c\u653f\u670d\u52a1\u5927\u5385\uff0c\u672a\u843d\u5b9eAB\u5c97\uff0c\u7a97\u53e3\u7a7a\u5c97\u65e0\u4eba\u9876\u66ff\u3002", "heading": "", "level": 0}, {"text": "3.2026\u5e7411\u670812\u65e5\uff0c\u7532\u5e02\u884c\u653f\u670d\u52a1\u4e2d\u5fc3\u670d\u52a1\u5927\u5385\u793a\u8303\u8def\u884c\u653f\u670d\u52a1\u5927\u5385\uff0c\u5de5\u4f5c\u65f6\u95f47\u53f7\u7a97\u53e3\u65e0\u4eba\u5728\u5c97\uff0c\u7fa4\u4f17\u7b49\u5019\u4e09\u5341\u5206\u949f\u4ee5\u4e0a\u3002", "heading": "", "level": 0}, {"text": "\u4ee5\u4e0a\u4e8b\u5b9e\u6709\u6697\u8bbf\u8bb0\u5f55\u4e3a\u8bc1\uff0c\u8bc1\u636e\u7f16\u53f7\uff1a2026-0003\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u6574\u6539\u4f9d\u636e", "level": 1}, {"text": "\u7532\u5e02\u673a\u5173\u4f5c\u98ce\u6574\u987f\u548c\u56db\u9879\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u65b9\u6848\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u6574\u6539\u8981\u6c42", "level": 1}, {"text": "1.\u7acb\u5373\u843d\u5b9eAB\u5c97\u5236\u5ea6\u5e76\u5728\u7a97\u53e3\u516c\u793a\u3002", "heading": "", "level": 0}, {"text": "2.\u5bf9\u9996\u95ee\u8d23\u4efb\u5236\u7ec4\u7ec7\u5168\u5458\u57f9\u8bad\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u6574\u6539\u671f\u9650", "level": 1}, {"text": "\u8bf7\u4e8e2026\u5e7411\u670827\u65e5\u524d\u5b8c\u6210\u6574\u6539\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u53cd\u9988\u65b9\u5f0f", "level": 1}, {"text": "\u6574\u6539\u5b8c\u6210\u540e\uff0c\u8bf7\u767b\u5f55\u5355\u4f4d\u5de5\u4f5c\u53f0\u6216\u4ee5\u4e66\u9762\u5f62\u5f0f\u5411\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4\u62a5\u9001\u6574\u6539\u60c5\u51b5\uff0c\u5e76\u9644\u6574\u6539\u524d\u540e\u5bf9\u6bd4\u6750\u6599\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u9648\u8ff0\u7533\u8fa9", "level": 1}, {"text": "\u4f60\u5355\u4f4d\u5bf9\u4e0a\u8ff0\u4e8b\u5b9e\u6709\u5f02\u8bae\u7684\uff0c\u53ef\u4e8e2026\u5e7411\u670820\u65e5\u524d\u5411\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4\u9648\u8ff0\u7533\u8fa9\uff0c\u5e76\u63d0\u4ea4\u6709\u5173\u6750\u6599\u3002\u4e0d\u56e0\u9648\u8ff0\u7533\u8fa9\u52a0\u91cd\u5904\u7406\u3002", "heading": "", "level": 0}], "annexes": [{"title": "\u9001\u8fbe\u56de\u6267", "body": [], "table": {"columns": [{"title": "\u9879\u76ee", "share": 1.0, "centred": true}, {"title": "\u5185\u5bb9", "share": 3.0, "centred": false}], "rows": [["\u9001\u8fbe\u6587\u4e66", "\u5173\u4e8e\u670d\u52a1\u5927\u5385\u7a97\u53e3\u7a7a\u5c97\u95ee\u9898\u7684\u6574\u6539\u901a\u77e5\u4e66\uff08${number}\uff09"], ["\u53d7\u9001\u8fbe\u5355\u4f4d", "\u7532\u5e02\u884c\u653f\u670d\u52a1\u4e2d\u5fc3"], ["\u7b7e\u6536\u4eba\uff08\u7b7e\u540d\uff09", ""], ["\u7b7e\u6536\u65e5\u671f", "\u3000\u3000\u3000\u3000\u5e74\u3000\u3000\u6708\u3000\u3000\u65e5"], ["\u5907\u6ce8", ""]]}}]}','published','甲整办改〔2026〕1号',2026,1,'bbd25f58f7644374a72bd5cf0dca7891','2026-11-16 23:44:01.444000','4ed633584770434c84bda1913fdbc703','2026-11-16 23:44:01.444000','事实清楚，依据明确，单位已陈述申辩，未涉及个人信息，同意按程序报批。','e86b8dcef421485a96942f813d1fae22','2026-11-16 23:44:01.444000',NULL,'2026-11-16 23:44:01.444000','7ff91100eed88b2337a7960820d831827e9df6a47cabbac1eba839388654301f','c4327247ef165bcbd7a2e32e4dbc42efe61ca6d1661291ac555834fe71463276',NULL,NULL,NULL,5);
INSERT INTO "notices" VALUES('9ea98369751b488eb36870def0fc1787','supervision','supervision','unit','6b816ee993d1443a84824bb66c07eb68','5f7d76dc9a284939a51284b1a5c62f69','6b8dca93f0404b55a7eb38cf02b7a494','关于农贸市场周边环境卫生的督办函','{"organ": "\u7532\u6574\u529e\u7763", "mark": "\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4", "signatory": "\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4", "printed_by": "\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4", "addressees": ["\u7532\u5e02\u57ce\u5e02\u7ba1\u7406\u5c40"], "copies_to": [], "contact": {"name": "\u529e\u516c\u5ba4\u503c\u73ed\u7535\u8bdd", "phone": "0000-0000000"}, "seal": "area", "body": [{"text": "", "heading": "\u7763\u529e\u4e8b\u9879", "level": 1}, {"text": "\u7763\u4fc3\u5e02\u573a\u5468\u8fb9\u5783\u573e\u65e9\u5e02\u7ed3\u675f\u540e\u4e00\u5c0f\u65f6\u5185\u6e05\u8fd0\u5b8c\u6bd5\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u524d\u671f\u60c5\u51b5", "level": 1}, {"text": "2026\u5e7411\u67083\u65e5\uff0c\u7532\u5e02\u57ce\u5e02\u7ba1\u7406\u5c40\uff1a\u4e0a\u7ea7\u7763\u67e5\u53cd\u9988\uff1a\u65e9\u5e02\u540e\u5783\u573e\u5806\u653e\u8d85\u8fc7\u4e24\u5c0f\u65f6\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u529e\u7406\u8981\u6c42", "level": 1}, {"text": "\u8bf7\u4f60\u5355\u4f4d\u4e8e2026\u5e7412\u67082\u65e5\u524d\u529e\u7ed3\uff0c\u5e76\u5c06\u529e\u7406\u7ed3\u679c\u4e66\u9762\u51fd\u590d\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4\u3002", "heading": "", "level": 0}, {"text": "\u672c\u4e8b\u9879\u7531\u4f60\u5355\u4f4d\u7275\u5934\uff0c\u7532\u5e02\u6587\u660e\u529e\u914d\u5408\u3002\u6d89\u53ca\u591a\u4e2a\u5355\u4f4d\u3001\u96be\u4ee5\u534f\u8c03\u7684\uff0c\u8bf7\u53ca\u65f6\u62a5\u544a\u5206\u7ba1\u9886\u5bfc\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u903e\u671f\u5904\u7406", "level": 1}, {"text": "\u903e\u671f\u672a\u529e\u7ed3\u53c8\u672a\u8bf4\u660e\u7406\u7531\u7684\uff0c\u5c06\u6309\u89c4\u5b9a\u7a0b\u5e8f\u63d0\u8bf7\u4e0a\u7ea7\u673a\u5173\u7763\u529e\u6216\u8005\u901a\u62a5\u3002", "heading": "", "level": 0}, {"text": "\u4e13\u6b64\u51fd\u8fbe\u3002", "heading": "", "level": 0}], "annexes": []}','in_approval',NULL,NULL,NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-11-17 23:44:01.444000','4ed633584770434c84bda1913fdbc703','2026-11-17 23:44:01.444000','事实清楚，依据明确，单位已陈述申辩，未涉及个人信息，同意按程序报批。',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,3);
INSERT INTO "notices" VALUES('75eae0ab082a40da86d7d0a3987a41a9','bulletin','bulletin','list',NULL,'1bce342d756243d2925072ac8558e1f7','6b8dca93f0404b55a7eb38cf02b7a494','窗口服务作风暗访情况','{"organ": "\u4f5c\u98ce\u6574\u987f\u7b80\u62a5", "mark": "\u4f5c\u98ce\u6574\u987f\u7b80\u62a5", "signatory": "\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4", "printed_by": "\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4", "addressees": [], "copies_to": [], "contact": {"name": "\u529e\u516c\u5ba4\u503c\u73ed\u7535\u8bdd", "phone": "0000-0000000"}, "seal": "area", "body": [{"text": "\u591a\u6570\u7a97\u53e3\u5728\u5c97\u5728\u4f4d\uff0c\u4e2a\u522b\u7a97\u53e3\u9996\u95ee\u8d23\u4efb\u843d\u5b9e\u4e0d\u5230\u4f4d\u3002", "heading": "", "level": 0}, {"text": "2026\u5e7410\u670814\u65e5\u81f311\u670814\u65e5\uff0c\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4\u5171\u5230\u8bbf3\u4e2a\u5355\u4f4d\u300111\u4e2a\u70b9\u6b21\uff0c\u67e5\u5b9e\u95ee\u98983\u4e2a\uff0c\u6d89\u53ca1\u4e2a\u5355\u4f4d\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u5b58\u5728\u7684\u4e3b\u8981\u95ee\u9898", "level": 1}, {"text": "2026\u5e7411\u670812\u65e5\uff0c\u7532\u5e02\u884c\u653f\u670d\u52a1\u4e2d\u5fc3\u670d\u52a1\u5927\u5385\u793a\u8303\u8def\u884c\u653f\u670d\u52a1\u5927\u5385\uff0c\u9996\u95ee\u8d23\u4efb\u672a\u843d\u5b9e\uff0c\u672a\u5f15\u9886\u529e\u4e8b\u7fa4\u4f17\u3002", "heading": "\u672a\u505a\u5230\uff1a\u9996\u95ee\u8d23\u4efb\u843d\u5b9e\uff1a\u4e3b\u52a8\u63a5\u5f85\u3001\u5f15\u9886\u5230\u4f4d\uff081\u4e2a\uff09\u3002", "level": 2}, {"text": "2026\u5e7411\u670812\u65e5\uff0c\u7532\u5e02\u884c\u653f\u670d\u52a1\u4e2d\u5fc3\u670d\u52a1\u5927\u5385\u793a\u8303\u8def\u884c\u653f\u670d\u52a1\u5927\u5385\uff0c\u672a\u843d\u5b9eAB\u5c97\uff0c\u7a97\u53e3\u7a7a\u5c97\u65e0\u4eba\u9876\u66ff\u3002", "heading": "\u672a\u505a\u5230\uff1a\u843d\u5b9eAB\u5c97\uff0c\u65e0\u7a7a\u7a97\u3001\u7a7a\u5c97\uff081\u4e2a\uff09\u3002", "level": 2}, {"text": "2026\u5e7411\u670812\u65e5\uff0c\u7532\u5e02\u884c\u653f\u670d\u52a1\u4e2d\u5fc3\u670d\u52a1\u5927\u5385\u793a\u8303\u8def\u884c\u653f\u670d\u52a1\u5927\u5385\uff0c\u5de5\u4f5c\u65f6\u95f47\u53f7\u7a97\u53e3\u65e0\u4eba\u5728\u5c97\uff0c\u7fa4\u4f17\u7b49\u5019\u4e09\u5341\u5206\u949f\u4ee5\u4e0a\u3002", "heading": "\u672a\u505a\u5230\uff1a\u5de5\u4f5c\u65f6\u95f4\u7a97\u53e3\u6709\u4eba\u5728\u5c97\uff081\u4e2a\uff09\u3002", "level": 2}, {"text": "", "heading": "\u9648\u8ff0\u7533\u8fa9\u60c5\u51b5", "level": 1}, {"text": "\u4e0a\u8ff0\u95ee\u9898\u5df2\u9010\u4e00\u53cd\u9988\u6709\u5173\u5355\u4f4d\u30021\u4e2a\u5355\u4f4d\u4f5c\u4e86\u9648\u8ff0\u7533\u8fa9\uff0c\u529e\u516c\u5ba4\u9010\u6761\u590d\u6838\u540e\u8ba4\u5b9a\u4ee5\u4e0a\u4e8b\u5b9e\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u529e\u7406\u60c5\u51b5", "level": 1}, {"text": "\u7532\u5e02\u884c\u653f\u670d\u52a1\u4e2d\u5fc3\uff1a\u670d\u52a1\u5927\u5385\u7a97\u53e3\u7a7a\u5c97\uff0c\u5355\u4f4d\u5df2\u62a5\u6574\u6539\uff0c\u5f85\u590d\u6838\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u597d\u7684\u505a\u6cd5", "level": 1}, {"text": "\u90e8\u5206\u7a97\u53e3\u5b9e\u884c\u5ef6\u65f6\u670d\u52a1\u3002", "heading": "", "level": 0}], "annexes": []}','approved',NULL,NULL,NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-11-18 23:44:01.444000','4ed633584770434c84bda1913fdbc703','2026-11-18 23:44:01.444000','事实清楚，依据明确，单位已陈述申辩，未涉及个人信息，同意按程序报批。','e86b8dcef421485a96942f813d1fae22','2026-11-18 23:44:01.444000',NULL,NULL,NULL,NULL,NULL,NULL,NULL,4);
INSERT INTO "notices" VALUES('47c28617af3f4ee4b016ca0446b5fcc4','reply','reply','unit','f542fb42453a4e57a7494343cda5f755','9cc51d2ed18a4f2ea83c74b57b4ec902','6b8dca93f0404b55a7eb38cf02b7a494','关于证件窗口首问登记问题的答复','{"organ": "\u7532\u6574\u529e\u590d", "mark": "\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4", "signatory": "\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4", "printed_by": "\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4", "addressees": ["\u7532\u5e02\u4ea4\u901a\u8fd0\u8f93\u5c40"], "copies_to": [], "contact": {"name": "\u529e\u516c\u5ba4\u503c\u73ed\u7535\u8bdd", "phone": "0000-0000000"}, "seal": "area", "body": [{"text": "\u53cd\u6620\u7684\u8bc1\u4ef6\u7a97\u53e3\u9996\u95ee\u767b\u8bb0\u95ee\u9898\u6536\u6089\u3002\u7ecf\u6838\u67e5\uff0c\u73b0\u7b54\u590d\u5982\u4e0b\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u6838\u67e5\u60c5\u51b5", "level": 1}, {"text": "2026\u5e7411\u67087\u65e5\uff0c\u81ea\u67e5\u4e2d\u53d1\u73b0\u8bc1\u4ef6\u7a97\u53e3\u672a\u767b\u8bb0\u9996\u95ee\u60c5\u51b5\uff0c\u5df2\u8981\u6c42\u6539\u6b63\u3002", "heading": "", "level": 0}, {"text": "", "heading": "\u5904\u7406\u60c5\u51b5", "level": 1}, {"text": "\u540c\u610f\u9650\u671f\u6574\u6539\uff0c\u6574\u6539\u7ed3\u679c\u5c06\u590d\u67e5\u3002", "heading": "", "level": 0}, {"text": "\u5bf9\u672c\u7b54\u590d\u6709\u5f02\u8bae\u7684\uff0c\u53ef\u5728\u6536\u5230\u4e4b\u65e5\u8d7730\u65e5\u5185\u5411\u7532\u5e02\u4f5c\u98ce\u6574\u987f\u548c\u4e13\u9879\u6574\u6cbb\u5de5\u4f5c\u529e\u516c\u5ba4\u7533\u8bf7\u590d\u6838\u3002", "heading": "", "level": 0}, {"text": "\u611f\u8c22\u60a8\u5bf9\u4f5c\u98ce\u5efa\u8bbe\u7684\u5173\u5fc3\u548c\u76d1\u7763\u3002", "heading": "", "level": 0}], "annexes": []}','draft',NULL,NULL,NULL,'bbd25f58f7644374a72bd5cf0dca7891','2026-11-19 23:44:01.444000',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1);
CREATE TABLE notification_channels (
	id CHAR(32) NOT NULL, 
	user_id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	sealed VARCHAR NOT NULL, 
	hint VARCHAR NOT NULL, 
	added_at DATETIME NOT NULL, 
	pending JSON NOT NULL, 
	due_at DATETIME, 
	failures INTEGER NOT NULL, 
	tested_at DATETIME, 
	last_success_at DATETIME, 
	last_failure_at DATETIME, 
	last_failure VARCHAR, 
	CONSTRAINT pk_notification_channels PRIMARY KEY (id), 
	CONSTRAINT ck_notification_channels_kind CHECK (kind IN ('mail', 'dingtalk', 'wecom', 'feishu', 'webhook')), 
	CONSTRAINT ck_notification_channels_hint CHECK (length(hint) <= 4), 
	CONSTRAINT fk_notification_channels_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE TABLE notification_deadlines (
	case_id CHAR(32) NOT NULL, 
	due_at DATETIME NOT NULL, 
	news VARCHAR NOT NULL, 
	told_at DATETIME NOT NULL, 
	CONSTRAINT pk_notification_deadlines PRIMARY KEY (case_id, due_at, news), 
	CONSTRAINT fk_notification_deadlines_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);
CREATE TABLE notification_wishes (
	user_id CHAR(32) NOT NULL, 
	mode VARCHAR NOT NULL, 
	digest_hour INTEGER NOT NULL, 
	quiet_from INTEGER NOT NULL, 
	quiet_until INTEGER NOT NULL, 
	quiet_days_off BOOLEAN NOT NULL, 
	locale VARCHAR NOT NULL, 
	CONSTRAINT pk_notification_wishes PRIMARY KEY (user_id), 
	CONSTRAINT ck_notification_wishes_mode CHECK (mode IN ('at_once', 'digest')), 
	CONSTRAINT ck_notification_wishes_digest_hour CHECK (digest_hour BETWEEN 0 AND 23), 
	CONSTRAINT ck_notification_wishes_quiet_hours CHECK (quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23), 
	CONSTRAINT fk_notification_wishes_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE TABLE office_keys (
	kid VARCHAR NOT NULL, 
	jwk JSON NOT NULL, 
	introduction VARCHAR, 
	created_at DATETIME NOT NULL, 
	retired_at DATETIME, 
	CONSTRAINT pk_office_keys PRIMARY KEY (kid)
);
INSERT INTO "office_keys" VALUES('q3Hz_MzEYMW7ngtx6uJqObqoa2gbPsk4h19hCmZeyhA','{"crv": "P-256", "kty": "EC", "x": "ZjOQB0LtIioKHxeVjeD45kvFoJ26aPprcDBss-ttoc8", "y": "dv1ju7Ns6Z96MRb6sUhMfsEonGZEjQ6zDegfltGdLQM"}',NULL,'2026-11-22 23:44:01.338000',NULL);
CREATE TABLE outbox_deliveries (
	event_id CHAR(32) NOT NULL, 
	handler VARCHAR NOT NULL, 
	done_at DATETIME NOT NULL, 
	CONSTRAINT pk_outbox_deliveries PRIMARY KEY (event_id, handler), 
	CONSTRAINT fk_outbox_deliveries_event_id_outbox_events FOREIGN KEY(event_id) REFERENCES outbox_events (id) ON DELETE CASCADE
);
INSERT INTO "outbox_deliveries" VALUES('007f8bdd5e8343c69c9eb792b6733323','anfang.cycles.tasks.note_due_soon','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('007f8bdd5e8343c69c9eb792b6733323','anfang.notifications.tasks.tell_cycle_near','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('3433924310cf406d81e72747d57125f6','anfang.cycles.tasks.note_due_soon','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('3433924310cf406d81e72747d57125f6','anfang.notifications.tasks.tell_cycle_near','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('e1131fe85f554c99af3bde897d6471cf','anfang.cycles.tasks.note_due_soon','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('e1131fe85f554c99af3bde897d6471cf','anfang.notifications.tasks.tell_cycle_near','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('5287d559cacb4ebeaa1983ccb17e752a','anfang.cycles.tasks.note_due_soon','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('5287d559cacb4ebeaa1983ccb17e752a','anfang.notifications.tasks.tell_cycle_near','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('ec86b67b71f642eeae9cce68fa02191a','anfang.cycles.tasks.note_due_soon','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('ec86b67b71f642eeae9cce68fa02191a','anfang.notifications.tasks.tell_cycle_near','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('c2fd5455c2644893b8e59cab6070b514','anfang.cycles.tasks.note_due_soon','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('c2fd5455c2644893b8e59cab6070b514','anfang.notifications.tasks.tell_cycle_near','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('b8aa65c4fa1a4a9a93d66997694720ad','anfang.cycles.tasks.note_due_soon','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('b8aa65c4fa1a4a9a93d66997694720ad','anfang.notifications.tasks.tell_cycle_near','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('4b68fa93cd214c64a4547d21763551e5','anfang.cycles.tasks.note_due_soon','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('4b68fa93cd214c64a4547d21763551e5','anfang.notifications.tasks.tell_cycle_near','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('e1c0dd7781034798a930aa174f707eb2','anfang.cycles.tasks.note_due_soon','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('e1c0dd7781034798a930aa174f707eb2','anfang.notifications.tasks.tell_cycle_near','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('b25729c0f7be467f9d7bc7ae77d0b9f3','anfang.cycles.tasks.note_due_soon','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('b25729c0f7be467f9d7bc7ae77d0b9f3','anfang.notifications.tasks.tell_cycle_near','2026-10-11 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('6b05fb52dbb645d4aa0b6f4f7d81ee11','anfang.inspections.tasks.look_at_visit','2026-10-14 02:55:00.000000');
INSERT INTO "outbox_deliveries" VALUES('8c12ea72a1774400b658ce86e70ef0bc','anfang.review.tasks.look_again','2026-10-14 02:55:00.000000');
INSERT INTO "outbox_deliveries" VALUES('599edbc4bc79491ca424ba882cd2a66a','anfang.inspections.tasks.look_at_visit','2026-10-15 08:05:00.000000');
INSERT INTO "outbox_deliveries" VALUES('72defdeec918455c9127899e31fb64a4','anfang.review.tasks.look_again','2026-10-15 08:05:00.000000');
INSERT INTO "outbox_deliveries" VALUES('c14487dced104555828043db8cade43b','anfang.inspections.tasks.look_at_visit','2026-10-17 02:48:00.000000');
INSERT INTO "outbox_deliveries" VALUES('7e0cdd4150c94efda669f7689e878be3','anfang.review.tasks.look_again','2026-10-17 02:48:00.000000');
INSERT INTO "outbox_deliveries" VALUES('b2e0a0a62a624bc498c45a8b073f83ae','anfang.inspections.tasks.look_at_visit','2026-10-18 07:29:00.000000');
INSERT INTO "outbox_deliveries" VALUES('98aec7806ba5407084fff5af2da394fa','anfang.review.tasks.look_again','2026-10-18 07:29:00.000000');
INSERT INTO "outbox_deliveries" VALUES('6a1b7a96db3b42cfa4a60219c2e8f463','anfang.cycles.tasks.note_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('6a1b7a96db3b42cfa4a60219c2e8f463','anfang.notifications.tasks.tell_cycle_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('62e5760f736745fa8323960324c8aa42','anfang.cycles.tasks.note_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('62e5760f736745fa8323960324c8aa42','anfang.notifications.tasks.tell_cycle_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('0844069a8947466b89bbf8c62fa501b8','anfang.cycles.tasks.note_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('0844069a8947466b89bbf8c62fa501b8','anfang.notifications.tasks.tell_cycle_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('a55b737bb57c43d39357fd37809b671d','anfang.cycles.tasks.note_due_soon','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('a55b737bb57c43d39357fd37809b671d','anfang.notifications.tasks.tell_cycle_near','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('abe07985228a4c00beae2cb20611acf7','anfang.cycles.tasks.note_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('abe07985228a4c00beae2cb20611acf7','anfang.notifications.tasks.tell_cycle_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('8d2ed807562146e3b07ca8ecc0bf1b4c','anfang.cycles.tasks.note_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('8d2ed807562146e3b07ca8ecc0bf1b4c','anfang.notifications.tasks.tell_cycle_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('0557eaf9b0294642a3af1548a7f5ab02','anfang.cycles.tasks.note_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('0557eaf9b0294642a3af1548a7f5ab02','anfang.notifications.tasks.tell_cycle_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('225aaaf9db0244b28e7b8bb8babc8bf8','anfang.cycles.tasks.note_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('225aaaf9db0244b28e7b8bb8babc8bf8','anfang.notifications.tasks.tell_cycle_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('3eed3cff977b42a7abe4207517de03e8','anfang.cycles.tasks.note_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('3eed3cff977b42a7abe4207517de03e8','anfang.notifications.tasks.tell_cycle_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('2600c490d0aa4b21b6f8f6b01661df1d','anfang.cycles.tasks.note_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('2600c490d0aa4b21b6f8f6b01661df1d','anfang.notifications.tasks.tell_cycle_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('274ea95469644750ae7fb32cafaf8217','anfang.cycles.tasks.note_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('274ea95469644750ae7fb32cafaf8217','anfang.notifications.tasks.tell_cycle_missed','2026-10-18 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('04d3c8e3597746a8943c3d0c41921294','anfang.inspections.tasks.look_at_visit','2026-10-20 04:23:00.000000');
INSERT INTO "outbox_deliveries" VALUES('5fe8d1660135480e9fb0558af5790e25','anfang.review.tasks.look_again','2026-10-20 04:23:00.000000');
INSERT INTO "outbox_deliveries" VALUES('5b99a9dc7a344b589f15cdcd74f990f9','anfang.inspections.tasks.look_at_visit','2026-10-21 08:56:00.000000');
INSERT INTO "outbox_deliveries" VALUES('7a309265369f48bfbbad39ca95f2e1f3','anfang.review.tasks.look_again','2026-10-21 08:56:00.000000');
INSERT INTO "outbox_deliveries" VALUES('c95deace9f5149ba8f95532d7092c3dc','anfang.inspections.tasks.look_at_visit','2026-10-23 02:26:00.000000');
INSERT INTO "outbox_deliveries" VALUES('c58a2951ebca459c9df97251db048b9e','anfang.review.tasks.look_again','2026-10-23 02:26:00.000000');
INSERT INTO "outbox_deliveries" VALUES('43ef3aa3f014406284d23e3e048d1808','anfang.surveys.tasks.tell_dissatisfied','2026-10-24 07:03:00.000000');
INSERT INTO "outbox_deliveries" VALUES('076ec99380c1489199f4bf7895af1878','anfang.inspections.tasks.look_at_visit','2026-10-24 07:03:00.000000');
INSERT INTO "outbox_deliveries" VALUES('a92d8e86451c43fb8a8e766b39c9e5c3','anfang.review.tasks.look_again','2026-10-24 07:03:00.000000');
INSERT INTO "outbox_deliveries" VALUES('17a7463dd5b04f919b7cc86cc6a26f7c','anfang.cycles.tasks.note_missed','2026-10-25 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('17a7463dd5b04f919b7cc86cc6a26f7c','anfang.notifications.tasks.tell_cycle_missed','2026-10-25 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('6d111c599b394f72a0ec858eaabd42cd','anfang.cycles.tasks.note_card','2026-10-25 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('161c6adfbecc4f21a91fc10a42c47bc8','anfang.cycles.tasks.note_row_overdue','2026-10-25 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('161c6adfbecc4f21a91fc10a42c47bc8','anfang.notifications.tasks.tell_register_overdue','2026-10-25 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('28107789868f440f846f903934e3f23e','anfang.notifications.tasks.tell_claim_asked','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('23543dfc39424d63849d55686dbfe151','anfang.notifications.tasks.tell_claim_asked','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('1c4d412298a3471fb21c8771c89cbc96','anfang.notifications.tasks.tell_claim_asked','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('4e7da284c4e0496589e73ee04d9c776f','anfang.log.tasks.stamp_checkpoints','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('6500aa2872e144ec9ecfac6fadcf60b7','anfang.complaints.tasks.look_after_receipt','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('6500aa2872e144ec9ecfac6fadcf60b7','anfang.notifications.tasks.tell_complaint_received','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('f97b745bc41243699f94662fecacc779','anfang.complaints.tasks.look_after_transfer','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('f97b745bc41243699f94662fecacc779','anfang.notifications.tasks.tell_complaint_given','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('b0520804b4a74bc994e23106c04deec2','anfang.cycles.tasks.note_card','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('7842f1a9fa5348118ef5070dbdc415a0','anfang.cycles.tasks.note_due_soon','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('7842f1a9fa5348118ef5070dbdc415a0','anfang.notifications.tasks.tell_cycle_near','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('6a79912191bf48c5a2d9e7dc4fffe7df','anfang.cycles.tasks.note_due_soon','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('6a79912191bf48c5a2d9e7dc4fffe7df','anfang.notifications.tasks.tell_cycle_near','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('903c1526834b4a879604bf075e3deff7','anfang.cycles.tasks.note_due_soon','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('903c1526834b4a879604bf075e3deff7','anfang.notifications.tasks.tell_cycle_near','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('a246ac8a865d4ba9bc627a66c6426610','anfang.cycles.tasks.note_due_soon','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('a246ac8a865d4ba9bc627a66c6426610','anfang.notifications.tasks.tell_cycle_near','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('6e627a8bcfea4a24bcd144a37ba85054','anfang.cycles.tasks.note_due_soon','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('6e627a8bcfea4a24bcd144a37ba85054','anfang.notifications.tasks.tell_cycle_near','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('726121dfd6164903a53ce13b9fc89f66','anfang.cycles.tasks.note_due_soon','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('726121dfd6164903a53ce13b9fc89f66','anfang.notifications.tasks.tell_cycle_near','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('eb6331789b414f93aa1923bc4157cb12','anfang.cycles.tasks.note_due_soon','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('eb6331789b414f93aa1923bc4157cb12','anfang.notifications.tasks.tell_cycle_near','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('a4acb0e507cf4c578eff957772852922','anfang.cycles.tasks.note_row_overdue','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('a4acb0e507cf4c578eff957772852922','anfang.notifications.tasks.tell_register_overdue','2026-11-01 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('95a462f4a2ca43b381d0a215df6a97c9','anfang.notifications.tasks.tell_case_opened','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('1a3cbd74cede47ce8276876b6ab9e872','anfang.complaints.tasks.look_after_receipt','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('1a3cbd74cede47ce8276876b6ab9e872','anfang.notifications.tasks.tell_complaint_received','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('b014a83451cb492db4d7da7613a5b23a','anfang.notifications.tasks.tell_complaint_answered','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('3259b2736c3243bf9613a06c04d60e62','anfang.notifications.tasks.tell_case_opened','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('ab93fdadb5214820b1e2bc3d9afb70cd','anfang.complaints.tasks.look_after_verdict','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('5f8cc44bd01449a897475991e4173d6d','anfang.notifications.tasks.tell_claim_questioned','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('28422ea0fe594ec99a427c9d321b1fae','anfang.cycles.tasks.note_missed','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('28422ea0fe594ec99a427c9d321b1fae','anfang.notifications.tasks.tell_cycle_missed','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('d4a83e7c00144c46b2eea341428f6291','anfang.cycles.tasks.note_card','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('91507c6fda604de3a2f5ff5f43c62c3b','anfang.cycles.tasks.note_missed','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('91507c6fda604de3a2f5ff5f43c62c3b','anfang.notifications.tasks.tell_cycle_missed','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('e9ddc96bfea1494a8a5c3d6f801ad584','anfang.cycles.tasks.note_missed','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('e9ddc96bfea1494a8a5c3d6f801ad584','anfang.notifications.tasks.tell_cycle_missed','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('5c78a39c712645cbb7c948a5f2b925e1','anfang.cycles.tasks.note_missed','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('5c78a39c712645cbb7c948a5f2b925e1','anfang.notifications.tasks.tell_cycle_missed','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('27c9f9ceb2284161ab22cc30f2b0ade6','anfang.cycles.tasks.note_missed','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('27c9f9ceb2284161ab22cc30f2b0ade6','anfang.notifications.tasks.tell_cycle_missed','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('508584ce82b5438198f94e3812f69f8a','anfang.cycles.tasks.note_missed','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('508584ce82b5438198f94e3812f69f8a','anfang.notifications.tasks.tell_cycle_missed','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('fbd0f039d3054d0ca72797cfe995c269','anfang.cycles.tasks.note_missed','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('fbd0f039d3054d0ca72797cfe995c269','anfang.notifications.tasks.tell_cycle_missed','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('b4c9ade49bde43ec9a497a27bb25e9e9','anfang.cycles.tasks.note_missed','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('b4c9ade49bde43ec9a497a27bb25e9e9','anfang.notifications.tasks.tell_cycle_missed','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('eaf78c0c00514ebbba861cc669d2b15c','anfang.cycles.tasks.note_row_overdue','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('eaf78c0c00514ebbba861cc669d2b15c','anfang.notifications.tasks.tell_register_overdue','2026-11-08 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('b6403fc2937845c6bc035adde75ca6e6','anfang.notifications.tasks.tell_breach_waiting','2026-11-11 02:04:00.000000');
INSERT INTO "outbox_deliveries" VALUES('bbe12411ea7f4e0f85c2ac778b20a11b','anfang.notifications.tasks.tell_claim_explained','2026-11-11 02:04:00.000000');
INSERT INTO "outbox_deliveries" VALUES('de3b75255840413cb3bb3251b6e29f63','anfang.complaints.tasks.look_after_receipt','2026-11-11 02:04:00.000000');
INSERT INTO "outbox_deliveries" VALUES('de3b75255840413cb3bb3251b6e29f63','anfang.notifications.tasks.tell_complaint_received','2026-11-11 02:04:00.000000');
INSERT INTO "outbox_deliveries" VALUES('fd9550b084d3482fa3621cdc39aac5f6','anfang.inspections.tasks.look_at_visit','2026-11-11 02:04:00.000000');
INSERT INTO "outbox_deliveries" VALUES('e827a55ec9ac4a79a0c33e9e9692ca07','anfang.evidence.tasks.decode_picture','2026-11-11 02:04:00.000000');
INSERT INTO "outbox_deliveries" VALUES('1244c6783270487baaff1dae158300a0','anfang.inspections.tasks.complete_record','2026-11-11 02:04:00.000000');
INSERT INTO "outbox_deliveries" VALUES('1244c6783270487baaff1dae158300a0','anfang.inspections.tasks.look_at_delivered_picture','2026-11-11 02:04:00.000000');
INSERT INTO "outbox_deliveries" VALUES('4eded0912e794946b1f961180071bd8b','anfang.inspections.tasks.look_at_decoded_picture','2026-11-11 02:04:00.000000');
INSERT INTO "outbox_deliveries" VALUES('2c4fecec75404e92bebd538d097fb558','anfang.review.tasks.look_again','2026-11-11 02:04:00.000000');
INSERT INTO "outbox_deliveries" VALUES('de25940c86614976952aa9e99b80bbe9','anfang.inspections.tasks.look_at_visit','2026-11-12 02:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('db317d9e49914813a6a39acbcaaf2d18','anfang.evidence.tasks.decode_picture','2026-11-12 02:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('dc0847574d64467da13d2a3636506b02','anfang.inspections.tasks.complete_record','2026-11-12 02:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('dc0847574d64467da13d2a3636506b02','anfang.inspections.tasks.look_at_delivered_picture','2026-11-12 02:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('58936b38963c45fb8ffd32868ff850b3','anfang.inspections.tasks.look_at_decoded_picture','2026-11-12 02:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('b2e47a21498d4194aa88f3cbf06e00d6','anfang.review.tasks.look_again','2026-11-12 02:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('68bb330971b1481a848acc4fb6c1b22e','anfang.complaints.tasks.look_after_receipt','2026-11-14 03:19:00.000000');
INSERT INTO "outbox_deliveries" VALUES('68bb330971b1481a848acc4fb6c1b22e','anfang.notifications.tasks.tell_complaint_received','2026-11-14 03:19:00.000000');
INSERT INTO "outbox_deliveries" VALUES('951ce8042beb48a3b4a0446f7e95d351','anfang.notifications.tasks.tell_case_opened','2026-11-14 03:19:00.000000');
INSERT INTO "outbox_deliveries" VALUES('f96e712273db436f94826e0348c51626','anfang.notifications.tasks.tell_breach_waiting','2026-11-14 03:19:00.000000');
INSERT INTO "outbox_deliveries" VALUES('94fef4798d6b456c9ff61ddbd86a4a55','anfang.inspections.tasks.look_at_visit','2026-11-14 03:19:00.000000');
INSERT INTO "outbox_deliveries" VALUES('0c123c2570de403b940c15b6bfabe2d8','anfang.review.tasks.look_again','2026-11-14 03:19:00.000000');
INSERT INTO "outbox_deliveries" VALUES('1882ae46770f4dc4afc81add93f74094','anfang.notifications.tasks.tell_measure_waiting','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('509154d5e309466180480e1ba9b23024','anfang.complaints.tasks.look_after_transfer','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('509154d5e309466180480e1ba9b23024','anfang.notifications.tasks.tell_complaint_given','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('5e5a622ba3354f1385741589740acfc8','anfang.notifications.tasks.tell_measure_waiting','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('396c45cad53b43aeb4116e21f594d650','anfang.cycles.tasks.note_card','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('dcc84d6baaea4cf3983b7e32e4b2eeb2','anfang.cycles.tasks.note_due_soon','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('dcc84d6baaea4cf3983b7e32e4b2eeb2','anfang.notifications.tasks.tell_cycle_near','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('474d4472c84c4d92ba3bbeddef84afa0','anfang.cycles.tasks.note_due_soon','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('474d4472c84c4d92ba3bbeddef84afa0','anfang.notifications.tasks.tell_cycle_near','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('6db2fdc42ddb4ecc9326e24e27c9c8b7','anfang.cycles.tasks.note_due_soon','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('6db2fdc42ddb4ecc9326e24e27c9c8b7','anfang.notifications.tasks.tell_cycle_near','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('35420e228a4e4b7dba00ebba9a609477','anfang.cycles.tasks.note_due_soon','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('35420e228a4e4b7dba00ebba9a609477','anfang.notifications.tasks.tell_cycle_near','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('cad75a128edb42f3902d6470a94305b7','anfang.cycles.tasks.note_due_soon','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('cad75a128edb42f3902d6470a94305b7','anfang.notifications.tasks.tell_cycle_near','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('d06ac3ed9111415082eeed8c3c67e7f3','anfang.cycles.tasks.note_due_soon','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('d06ac3ed9111415082eeed8c3c67e7f3','anfang.notifications.tasks.tell_cycle_near','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('8b0eb4a53863454e9129ae98b4c4fb04','anfang.cycles.tasks.note_due_soon','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('8b0eb4a53863454e9129ae98b4c4fb04','anfang.notifications.tasks.tell_cycle_near','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('0bbcbacea3af468c8c1dad15c2b2755e','anfang.notifications.tasks.tell_case_opened','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('d024c0739e70476888aeb41289079a1c','anfang.cycles.tasks.note_row_due_soon','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('d024c0739e70476888aeb41289079a1c','anfang.notifications.tasks.tell_register_near','2026-11-15 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('df1e2275cd594c2b9d78895d0fb1a2ac','anfang.notifications.tasks.tell_document_waiting','2026-11-19 07:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('70b42a7f7d5b462eb6edd4a8f0e86a40','anfang.notifications.tasks.tell_document_issued','2026-11-19 07:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('b9275ef40836493fb4c8ac5b374c2886','anfang.notifications.tasks.tell_document_waiting','2026-11-19 07:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('3cc4e8644a2e4fc58b5731bcbb0d2072','anfang.notifications.tasks.tell_document_issued','2026-11-19 07:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('51a05ec583cf437fbcb2bdb6c1f6bfb0','anfang.notifications.tasks.tell_document_waiting','2026-11-19 07:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('623a195031364cafa4cfc185c1cd8a73','anfang.notifications.tasks.tell_case_opened','2026-11-19 07:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('4ef3d0a989204755b3f41ccef7ee588e','anfang.notifications.tasks.tell_request','2026-11-19 07:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('5ab8000229064004bfd7801337d33803','anfang.notifications.tasks.tell_document_waiting','2026-11-19 07:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('908a7c03f8054d91a9c7386d44664dfb','anfang.inspections.tasks.look_at_visit','2026-11-19 07:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('ccfa0247374a459a94627d968643889f','anfang.evidence.tasks.decode_picture','2026-11-19 07:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('380f96d6cb3d4cb7aa9bf1f79fabc3dd','anfang.inspections.tasks.complete_record','2026-11-19 07:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('380f96d6cb3d4cb7aa9bf1f79fabc3dd','anfang.inspections.tasks.look_at_delivered_picture','2026-11-19 07:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('d519aeaa076049868828cf49cf48fc79','anfang.inspections.tasks.look_at_decoded_picture','2026-11-19 07:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('e3ff0c499ad4467cb9639e096fd05295','anfang.review.tasks.look_again','2026-11-19 07:44:00.000000');
INSERT INTO "outbox_deliveries" VALUES('dcb43727bb7f42c5bc8b6b47591efcbc','anfang.notifications.tasks.tell_measure_waiting','2026-11-20 10:46:00.000000');
INSERT INTO "outbox_deliveries" VALUES('95588f721cb24a95bcbbe1b7eddcd523','anfang.inspections.tasks.look_at_visit','2026-11-20 10:46:00.000000');
INSERT INTO "outbox_deliveries" VALUES('7b7beffa75a34bcaa7617cb6d8a695a4','anfang.review.tasks.look_again','2026-11-20 10:46:00.000000');
INSERT INTO "outbox_deliveries" VALUES('ec6b6524528d43a09dafd091f6c110dc','anfang.notifications.tasks.tell_complaint_chased','2026-11-21 08:07:00.000000');
INSERT INTO "outbox_deliveries" VALUES('499333d19d164e7abb0fefeea72f0533','anfang.inspections.tasks.look_at_visit','2026-11-21 08:07:00.000000');
INSERT INTO "outbox_deliveries" VALUES('3a4bbd692d4442a2ac66e3c03fb36dcc','anfang.evidence.tasks.decode_picture','2026-11-21 08:07:00.000000');
INSERT INTO "outbox_deliveries" VALUES('06877aed1b75421c8f339b2828316f1a','anfang.inspections.tasks.complete_record','2026-11-21 08:07:00.000000');
INSERT INTO "outbox_deliveries" VALUES('06877aed1b75421c8f339b2828316f1a','anfang.inspections.tasks.look_at_delivered_picture','2026-11-21 08:07:00.000000');
INSERT INTO "outbox_deliveries" VALUES('e866f0c8f5234ac386b5b2d2f3376c12','anfang.inspections.tasks.look_at_decoded_picture','2026-11-21 08:07:00.000000');
INSERT INTO "outbox_deliveries" VALUES('3bed6973361a48d6be36f9347f0dca1d','anfang.review.tasks.look_again','2026-11-21 08:07:00.000000');
INSERT INTO "outbox_deliveries" VALUES('f8927d8315054799abbd2a1c6a7f5ad9','anfang.complaints.tasks.look_after_receipt','2026-11-22 01:37:00.000000');
INSERT INTO "outbox_deliveries" VALUES('f8927d8315054799abbd2a1c6a7f5ad9','anfang.notifications.tasks.tell_complaint_received','2026-11-22 01:37:00.000000');
INSERT INTO "outbox_deliveries" VALUES('517385ef6329440b8ce0bba148e9cc19','anfang.inspections.tasks.look_at_visit','2026-11-22 01:37:00.000000');
INSERT INTO "outbox_deliveries" VALUES('b427fd641e8b4eb79bb36ad1a422b93f','anfang.review.tasks.look_again','2026-11-22 01:37:00.000000');
INSERT INTO "outbox_deliveries" VALUES('41958a3a6f58450aa340b1f575bebd37','anfang.notifications.tasks.tell_cluster_found','2026-11-22 01:37:00.000000');
INSERT INTO "outbox_deliveries" VALUES('1875f672ad8044bdb7bf098cda995367','anfang.cycles.tasks.note_card','2026-11-22 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('692b2b95069d4b37949ea7bd88708b95','anfang.notifications.tasks.tell_cluster_proposed','2026-11-22 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('3d4f394e32be41af86c8cded1ce046d0','anfang.cycles.tasks.note_missed','2026-11-22 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('3d4f394e32be41af86c8cded1ce046d0','anfang.notifications.tasks.tell_cycle_missed','2026-11-22 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('8e08d121c7e24a9b8c4fc88d49b50e45','anfang.cycles.tasks.note_missed','2026-11-22 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('8e08d121c7e24a9b8c4fc88d49b50e45','anfang.notifications.tasks.tell_cycle_missed','2026-11-22 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('2857d28cf0bb44bf820fa394df0d6f33','anfang.cycles.tasks.note_missed','2026-11-22 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('2857d28cf0bb44bf820fa394df0d6f33','anfang.notifications.tasks.tell_cycle_missed','2026-11-22 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('a7324dabee3841cfb9e4e190ce69d626','anfang.cycles.tasks.note_missed','2026-11-22 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('a7324dabee3841cfb9e4e190ce69d626','anfang.notifications.tasks.tell_cycle_missed','2026-11-22 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('2d93baa912d04286adbaf671f8c14ad5','anfang.cycles.tasks.note_missed','2026-11-22 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('2d93baa912d04286adbaf671f8c14ad5','anfang.notifications.tasks.tell_cycle_missed','2026-11-22 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('81195b692f6543dc8e31df1e9d82c8f9','anfang.cycles.tasks.note_missed','2026-11-22 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('81195b692f6543dc8e31df1e9d82c8f9','anfang.notifications.tasks.tell_cycle_missed','2026-11-22 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('4b03e0553c53432bbdbfa53749eaa7dd','anfang.cycles.tasks.note_missed','2026-11-22 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('4b03e0553c53432bbdbfa53749eaa7dd','anfang.notifications.tasks.tell_cycle_missed','2026-11-22 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('b22040c06b464aae8f461c3ed61293a2','anfang.cycles.tasks.note_row_overdue','2026-11-22 23:44:01.444000');
INSERT INTO "outbox_deliveries" VALUES('b22040c06b464aae8f461c3ed61293a2','anfang.notifications.tasks.tell_register_overdue','2026-11-22 23:44:01.444000');
CREATE TABLE outbox_events (
	id CHAR(32) NOT NULL, 
	name VARCHAR NOT NULL, 
	payload JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	finished_at DATETIME, 
	fault VARCHAR, 
	CONSTRAINT pk_outbox_events PRIMARY KEY (id)
);
INSERT INTO "outbox_events" VALUES('007f8bdd5e8343c69c9eb792b6733323','cycle.due_soon','{"unit": null, "title": "\u56f4\u7ed5\u56db\u9879\u6574\u6cbb\u7684\u6697\u8bbf\u901a\u62a5 2026-09-24 \u2013 2026-09-30", "period": "e3e7d320-0374-43bf-8e57-ae91680a2b42", "campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494"}','2026-10-11 23:44:01.444000','2026-10-11 23:49:01.444000',1,'2026-10-11 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('3433924310cf406d81e72747d57125f6','cycle.due_soon','{"unit": null, "title": "\u5de5\u4f5c\u8981\u70b9\u9010\u6761\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-09-30 \u2013 2026-10-06", "period": "535efd34-1942-43b2-a0d5-e8ecbf5aa21a", "campaign": "7b68badc-8e00-4395-81cb-4adc45abe517"}','2026-10-11 23:44:01.444000','2026-10-11 23:49:01.444000',1,'2026-10-11 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('e1131fe85f554c99af3bde897d6471cf','cycle.due_soon','{"unit": null, "title": "\u4e0a\u4e0b\u73ed\u7eaa\u5f8b\u3001\u4f1a\u98ce\u3001\u57ce\u4e61\u6e05\u6d01\u590d\u67e5 2026-09-29 \u2013 2026-09-30", "period": "de49da3b-73db-4bda-b699-078ac4429933", "campaign": "7b68badc-8e00-4395-81cb-4adc45abe517"}','2026-10-11 23:44:01.444000','2026-10-11 23:49:01.444000',1,'2026-10-11 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('5287d559cacb4ebeaa1983ccb17e752a','cycle.due_soon','{"unit": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-05 \u2013 2026-10-09", "period": "2a1bfd16-43e1-43b1-9246-f1f8c576c54b", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-10-11 23:44:01.444000','2026-10-11 23:49:01.444000',1,'2026-10-11 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('ec86b67b71f642eeae9cce68fa02191a','cycle.due_soon','{"unit": null, "title": "\u6574\u6539\u60c5\u51b5\u7763\u67e5 2026-10-05 \u2013 2026-10-09", "period": "36f003b0-9098-4ff5-aa0b-c2e141acedaf", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-10-11 23:44:01.444000','2026-10-11 23:49:01.444000',1,'2026-10-11 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('c2fd5455c2644893b8e59cab6070b514','cycle.due_soon','{"unit": "e045ff7c-751a-437a-b4bd-b89ae716288b", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-05 \u2013 2026-10-09", "period": "47ec1d1c-66cb-4f1b-956e-af8d3f1e088f", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-10-11 23:44:01.444000','2026-10-11 23:49:01.444000',1,'2026-10-11 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('b8aa65c4fa1a4a9a93d66997694720ad','cycle.due_soon','{"unit": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-05 \u2013 2026-10-09", "period": "6b47e7e3-fbba-47b3-bc15-db123a1b0227", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-10-11 23:44:01.444000','2026-10-11 23:49:01.444000',1,'2026-10-11 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('4b68fa93cd214c64a4547d21763551e5','cycle.due_soon','{"unit": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-05 \u2013 2026-10-09", "period": "735fa7ed-d0cb-4b73-9d6d-f901ed753fe2", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-10-11 23:44:01.444000','2026-10-11 23:49:01.444000',1,'2026-10-11 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('e1c0dd7781034798a930aa174f707eb2','cycle.due_soon','{"unit": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-05 \u2013 2026-10-09", "period": "8e3403c3-7fd7-48e2-901c-c95f74c8a1de", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-10-11 23:44:01.444000','2026-10-11 23:49:01.444000',1,'2026-10-11 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('b25729c0f7be467f9d7bc7ae77d0b9f3','cycle.due_soon','{"unit": "746a29a4-7269-458b-b3cf-3d5e905b7887", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-05 \u2013 2026-10-09", "period": "b57f56df-7ba5-435b-9429-e7e179b6f138", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-10-11 23:44:01.444000','2026-10-11 23:49:01.444000',1,'2026-10-11 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('6b05fb52dbb645d4aa0b6f4f7d81ee11','record.received','{"record": "3de334e1-cf30-4c7b-bdd7-a8ea8c7f52e3", "record_sha256": "354b8acb77c3d518a9ef3b9a2d93556f25adf4d8e3281492004b757e2bde2688"}','2026-10-14 02:55:00.000000','2026-10-14 03:00:00.000000',1,'2026-10-14 02:55:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('8c12ea72a1774400b658ce86e70ef0bc','record.completed','{"record": "3de334e1-cf30-4c7b-bdd7-a8ea8c7f52e3", "record_sha256": "354b8acb77c3d518a9ef3b9a2d93556f25adf4d8e3281492004b757e2bde2688"}','2026-10-14 02:55:00.000000','2026-10-14 03:00:00.000000',1,'2026-10-14 02:55:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('599edbc4bc79491ca424ba882cd2a66a','record.received','{"record": "0040a705-7be1-41bb-9e57-5890504d24fc", "record_sha256": "762b1150d64a3c48b0a2713991e142c4e9148bc6465fa13a4747287a58adecd2"}','2026-10-15 08:05:00.000000','2026-10-15 08:10:00.000000',1,'2026-10-15 08:05:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('72defdeec918455c9127899e31fb64a4','record.completed','{"record": "0040a705-7be1-41bb-9e57-5890504d24fc", "record_sha256": "762b1150d64a3c48b0a2713991e142c4e9148bc6465fa13a4747287a58adecd2"}','2026-10-15 08:05:00.000000','2026-10-15 08:10:00.000000',1,'2026-10-15 08:05:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('c14487dced104555828043db8cade43b','record.received','{"record": "8caa7399-f4a0-4b1a-a035-328dfa49db00", "record_sha256": "8032cf88933239f3998b1b220b1590be652c87cad50bc723b9175e760078be19"}','2026-10-17 02:48:00.000000','2026-10-17 02:53:00.000000',1,'2026-10-17 02:48:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('7e0cdd4150c94efda669f7689e878be3','record.completed','{"record": "8caa7399-f4a0-4b1a-a035-328dfa49db00", "record_sha256": "8032cf88933239f3998b1b220b1590be652c87cad50bc723b9175e760078be19"}','2026-10-17 02:48:00.000000','2026-10-17 02:53:00.000000',1,'2026-10-17 02:48:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('b2e0a0a62a624bc498c45a8b073f83ae','record.received','{"record": "c92def97-023a-4287-9308-ccbaaf69ea73", "record_sha256": "ba7b385436586921f628921c103cee9c3ad51ac8770e5276804c6b4a769b3f76"}','2026-10-18 07:29:00.000000','2026-10-18 07:34:00.000000',1,'2026-10-18 07:29:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('98aec7806ba5407084fff5af2da394fa','record.completed','{"record": "c92def97-023a-4287-9308-ccbaaf69ea73", "record_sha256": "ba7b385436586921f628921c103cee9c3ad51ac8770e5276804c6b4a769b3f76"}','2026-10-18 07:29:00.000000','2026-10-18 07:34:00.000000',1,'2026-10-18 07:29:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('6a1b7a96db3b42cfa4a60219c2e8f463','cycle.missed','{"unit": null, "title": "\u56f4\u7ed5\u56db\u9879\u6574\u6cbb\u7684\u6697\u8bbf\u901a\u62a5 2026-09-24 \u2013 2026-09-30", "period": "e3e7d320-0374-43bf-8e57-ae91680a2b42", "campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494"}','2026-10-18 23:44:01.444000','2026-10-18 23:49:01.444000',1,'2026-10-18 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('62e5760f736745fa8323960324c8aa42','cycle.missed','{"unit": null, "title": "\u5de5\u4f5c\u8981\u70b9\u9010\u6761\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-09-30 \u2013 2026-10-06", "period": "535efd34-1942-43b2-a0d5-e8ecbf5aa21a", "campaign": "7b68badc-8e00-4395-81cb-4adc45abe517"}','2026-10-18 23:44:01.444000','2026-10-18 23:49:01.444000',1,'2026-10-18 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('0844069a8947466b89bbf8c62fa501b8','cycle.missed','{"unit": null, "title": "\u4e0a\u4e0b\u73ed\u7eaa\u5f8b\u3001\u4f1a\u98ce\u3001\u57ce\u4e61\u6e05\u6d01\u590d\u67e5 2026-09-29 \u2013 2026-09-30", "period": "de49da3b-73db-4bda-b699-078ac4429933", "campaign": "7b68badc-8e00-4395-81cb-4adc45abe517"}','2026-10-18 23:44:01.444000','2026-10-18 23:49:01.444000',1,'2026-10-18 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('a55b737bb57c43d39357fd37809b671d','cycle.due_soon','{"unit": null, "title": "\u5de5\u4f5c\u8981\u70b9\u9010\u6761\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-06 \u2013 2026-10-14", "period": "5c9fa8a0-3acd-4e94-b5cd-1cb21fd2e64f", "campaign": "7b68badc-8e00-4395-81cb-4adc45abe517"}','2026-10-18 23:44:01.444000','2026-10-18 23:49:01.444000',1,'2026-10-18 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('abe07985228a4c00beae2cb20611acf7','cycle.missed','{"unit": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-05 \u2013 2026-10-09", "period": "2a1bfd16-43e1-43b1-9246-f1f8c576c54b", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-10-18 23:44:01.444000','2026-10-18 23:49:01.444000',1,'2026-10-18 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('8d2ed807562146e3b07ca8ecc0bf1b4c','cycle.missed','{"unit": null, "title": "\u6574\u6539\u60c5\u51b5\u7763\u67e5 2026-10-05 \u2013 2026-10-09", "period": "36f003b0-9098-4ff5-aa0b-c2e141acedaf", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-10-18 23:44:01.444000','2026-10-18 23:49:01.444000',1,'2026-10-18 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('0557eaf9b0294642a3af1548a7f5ab02','cycle.missed','{"unit": "e045ff7c-751a-437a-b4bd-b89ae716288b", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-05 \u2013 2026-10-09", "period": "47ec1d1c-66cb-4f1b-956e-af8d3f1e088f", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-10-18 23:44:01.444000','2026-10-18 23:49:01.444000',1,'2026-10-18 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('225aaaf9db0244b28e7b8bb8babc8bf8','cycle.missed','{"unit": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-05 \u2013 2026-10-09", "period": "6b47e7e3-fbba-47b3-bc15-db123a1b0227", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-10-18 23:44:01.444000','2026-10-18 23:49:01.444000',1,'2026-10-18 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('3eed3cff977b42a7abe4207517de03e8','cycle.missed','{"unit": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-05 \u2013 2026-10-09", "period": "735fa7ed-d0cb-4b73-9d6d-f901ed753fe2", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-10-18 23:44:01.444000','2026-10-18 23:49:01.444000',1,'2026-10-18 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('2600c490d0aa4b21b6f8f6b01661df1d','cycle.missed','{"unit": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-05 \u2013 2026-10-09", "period": "8e3403c3-7fd7-48e2-901c-c95f74c8a1de", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-10-18 23:44:01.444000','2026-10-18 23:49:01.444000',1,'2026-10-18 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('274ea95469644750ae7fb32cafaf8217','cycle.missed','{"unit": "746a29a4-7269-458b-b3cf-3d5e905b7887", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-05 \u2013 2026-10-09", "period": "b57f56df-7ba5-435b-9429-e7e179b6f138", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-10-18 23:44:01.444000','2026-10-18 23:49:01.444000',1,'2026-10-18 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('04d3c8e3597746a8943c3d0c41921294','record.received','{"record": "065682aa-a486-41fa-9416-f7094c952ba4", "record_sha256": "5d9ad474a3753ad61d5603e9c09e14ec3520631d39b18efae6bcc209c4fe6107"}','2026-10-20 04:23:00.000000','2026-10-20 04:28:00.000000',1,'2026-10-20 04:23:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('5fe8d1660135480e9fb0558af5790e25','record.completed','{"record": "065682aa-a486-41fa-9416-f7094c952ba4", "record_sha256": "5d9ad474a3753ad61d5603e9c09e14ec3520631d39b18efae6bcc209c4fe6107"}','2026-10-20 04:23:00.000000','2026-10-20 04:28:00.000000',1,'2026-10-20 04:23:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('5b99a9dc7a344b589f15cdcd74f990f9','record.received','{"record": "d1b571fb-3451-43b3-b902-f57bb305ba30", "record_sha256": "f3db883969745f74250f3fbadc8da05242fa245cf13148d0759157e4a49d3097"}','2026-10-21 08:56:00.000000','2026-10-21 09:01:00.000000',1,'2026-10-21 08:56:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('7a309265369f48bfbbad39ca95f2e1f3','record.completed','{"record": "d1b571fb-3451-43b3-b902-f57bb305ba30", "record_sha256": "f3db883969745f74250f3fbadc8da05242fa245cf13148d0759157e4a49d3097"}','2026-10-21 08:56:00.000000','2026-10-21 09:01:00.000000',1,'2026-10-21 08:56:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('c95deace9f5149ba8f95532d7092c3dc','record.received','{"record": "755009c2-a241-408d-9c84-d7e39ae36e6f", "record_sha256": "d3ff405abed458925bbf13d9fdc04df71ba8846d7586f2de33dc2033a8d0710a"}','2026-10-23 02:26:00.000000','2026-10-23 02:31:00.000000',1,'2026-10-23 02:26:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('c58a2951ebca459c9df97251db048b9e','record.completed','{"record": "755009c2-a241-408d-9c84-d7e39ae36e6f", "record_sha256": "d3ff405abed458925bbf13d9fdc04df71ba8846d7586f2de33dc2033a8d0710a"}','2026-10-23 02:26:00.000000','2026-10-23 02:31:00.000000',1,'2026-10-23 02:26:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('43ef3aa3f014406284d23e3e048d1808','survey.closed','{"round": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}','2026-10-23 23:44:01.444000','2026-10-24 07:08:00.000000',1,'2026-10-24 07:03:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('076ec99380c1489199f4bf7895af1878','record.received','{"record": "9e683a33-4bdb-4d17-9bbe-b17116c65a1e", "record_sha256": "6362a41ff3402a90a557bd8a2ed882643ecbaf5d9d3d3a5f5eb1b13cfd1bc42f"}','2026-10-24 07:03:00.000000','2026-10-24 07:08:00.000000',1,'2026-10-24 07:03:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('a92d8e86451c43fb8a8e766b39c9e5c3','record.completed','{"record": "9e683a33-4bdb-4d17-9bbe-b17116c65a1e", "record_sha256": "6362a41ff3402a90a557bd8a2ed882643ecbaf5d9d3d3a5f5eb1b13cfd1bc42f"}','2026-10-24 07:03:00.000000','2026-10-24 07:08:00.000000',1,'2026-10-24 07:03:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('17a7463dd5b04f919b7cc86cc6a26f7c','cycle.missed','{"unit": null, "title": "\u5de5\u4f5c\u8981\u70b9\u9010\u6761\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-06 \u2013 2026-10-14", "period": "5c9fa8a0-3acd-4e94-b5cd-1cb21fd2e64f", "campaign": "7b68badc-8e00-4395-81cb-4adc45abe517"}','2026-10-25 23:44:01.444000','2026-10-25 23:49:01.444000',1,'2026-10-25 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('6d111c599b394f72a0ec858eaabd42cd','supervision.card_dealt','{"card": "8869eda5-47b7-4532-bdc3-0b77138ac9d2", "campaign": "7b68badc-8e00-4395-81cb-4adc45abe517", "unit": "f542fb42-453a-4e57-a749-4343cda5f755", "title": "\u793a\u8303-001 \u9053\u8def\u8fd0\u8f93\u7ecf\u8425\u8bb8\u53ef", "colour": "yellow"}','2026-10-25 23:44:01.444000','2026-10-25 23:49:01.444000',1,'2026-10-25 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('161c6adfbecc4f21a91fc10a42c47bc8','register.overdue','{"title": "\u5b66\u4e60\u6750\u6599\u53d1\u653e\uff08\u4eba\u624b\u4e00\u518c\uff09 \u00b7 \u5df2\u7b7e\u6536", "row": "8dca151b-7e0d-4c0d-9ee2-876b617f1afa", "campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494", "unit": "f542fb42-453a-4e57-a749-4343cda5f755", "due": "2026-10-21T10:00:00+00:00"}','2026-10-25 23:44:01.444000','2026-10-25 23:49:01.444000',1,'2026-10-25 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('28107789868f440f846f903934e3f23e','claims.asked','{"unit": "4bf49f56-3a96-4b3e-8ece-13c3eb824880"}','2026-10-26 23:44:01.444000','2026-11-01 23:49:01.444000',1,'2026-11-01 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('23543dfc39424d63849d55686dbfe151','claims.asked','{"unit": "f542fb42-453a-4e57-a749-4343cda5f755"}','2026-10-26 23:44:01.444000','2026-11-01 23:49:01.444000',1,'2026-11-01 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('1c4d412298a3471fb21c8771c89cbc96','claims.asked','{"unit": "d4063063-e4c0-46f9-a610-b21847f3845d"}','2026-10-26 23:44:01.444000','2026-11-01 23:49:01.444000',1,'2026-11-01 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('4e7da284c4e0496589e73ee04d9c776f','log.sealed','{"size": 20}','2026-10-27 23:44:01.444000','2026-11-01 23:49:01.444000',1,'2026-11-01 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('6500aa2872e144ec9ecfac6fadcf60b7','complaint.received','{"campaign": "7b68badc-8e00-4395-81cb-4adc45abe517"}','2026-10-29 23:44:01.444000','2026-11-01 23:49:01.444000',1,'2026-11-01 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('f97b745bc41243699f94662fecacc779','complaint.transferred','{"unit": "4bf49f56-3a96-4b3e-8ece-13c3eb824880", "campaign": "7b68badc-8e00-4395-81cb-4adc45abe517"}','2026-10-31 23:44:01.444000','2026-11-01 23:49:01.444000',1,'2026-11-01 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('b0520804b4a74bc994e23106c04deec2','supervision.card_dealt','{"card": "b169e24c-a91a-44e8-833c-60c61f2f6e3c", "campaign": "7b68badc-8e00-4395-81cb-4adc45abe517", "unit": "f542fb42-453a-4e57-a749-4343cda5f755", "title": "\u793a\u8303-001 \u9053\u8def\u8fd0\u8f93\u7ecf\u8425\u8bb8\u53ef", "colour": "red"}','2026-11-01 23:44:01.444000','2026-11-01 23:49:01.444000',1,'2026-11-01 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('7842f1a9fa5348118ef5070dbdc415a0','cycle.due_soon','{"unit": "746a29a4-7269-458b-b3cf-3d5e905b7887", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-09 \u2013 2026-10-28", "period": "456ce8e7-4ba9-4d16-b977-eaa7703fbb58", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-01 23:44:01.444000','2026-11-01 23:49:01.444000',1,'2026-11-01 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('6a79912191bf48c5a2d9e7dc4fffe7df','cycle.due_soon','{"unit": "e045ff7c-751a-437a-b4bd-b89ae716288b", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-09 \u2013 2026-10-28", "period": "52f1249f-3e4c-45ad-9974-491f7624c2f3", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-01 23:44:01.444000','2026-11-01 23:49:01.444000',1,'2026-11-01 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('903c1526834b4a879604bf075e3deff7','cycle.due_soon','{"unit": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-09 \u2013 2026-10-28", "period": "64f40620-a255-4ae1-97b9-a495c63254a9", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-01 23:44:01.444000','2026-11-01 23:49:01.444000',1,'2026-11-01 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('a246ac8a865d4ba9bc627a66c6426610','cycle.due_soon','{"unit": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-09 \u2013 2026-10-28", "period": "6d4b2b4f-7d1b-4390-bdcd-9f6840b7d215", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-01 23:44:01.444000','2026-11-01 23:49:01.444000',1,'2026-11-01 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('6e627a8bcfea4a24bcd144a37ba85054','cycle.due_soon','{"unit": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-09 \u2013 2026-10-28", "period": "6d5a675a-70b5-45c7-9936-883afa890d9f", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-01 23:44:01.444000','2026-11-01 23:49:01.444000',1,'2026-11-01 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('726121dfd6164903a53ce13b9fc89f66','cycle.due_soon','{"unit": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-09 \u2013 2026-10-28", "period": "9de26d94-4681-4cd4-80e5-f4c6636e244f", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-01 23:44:01.444000','2026-11-01 23:49:01.444000',1,'2026-11-01 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('eb6331789b414f93aa1923bc4157cb12','cycle.due_soon','{"unit": null, "title": "\u6574\u6539\u60c5\u51b5\u7763\u67e5 2026-10-09 \u2013 2026-10-28", "period": "e6e5d840-1539-4a95-abcb-65008478e013", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-01 23:44:01.444000','2026-11-01 23:49:01.444000',1,'2026-11-01 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('a4acb0e507cf4c578eff957772852922','register.overdue','{"title": "\u9996\u95ee\u8d23\u4efb\u5c97AB\u5c97\u8868 \u00b7 \u5df2\u62a5", "row": "8007e437-65b5-4a6a-ab6a-9931e622669e", "campaign": "7b68badc-8e00-4395-81cb-4adc45abe517", "unit": "4bf49f56-3a96-4b3e-8ece-13c3eb824880", "due": "2026-10-30T10:00:00+00:00"}','2026-11-01 23:44:01.444000','2026-11-01 23:49:01.444000',1,'2026-11-01 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('95a462f4a2ca43b381d0a215df6a97c9','case.opened','{"unit": "6b816ee9-93d1-443a-8482-4bb66c07eb68"}','2026-11-02 23:44:01.444000','2026-11-08 23:49:01.444000',1,'2026-11-08 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('1a3cbd74cede47ce8276876b6ab9e872','complaint.received','{"campaign": "7b68badc-8e00-4395-81cb-4adc45abe517"}','2026-11-02 23:44:01.444000','2026-11-08 23:49:01.444000',1,'2026-11-08 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('b014a83451cb492db4d7da7613a5b23a','complaint.answered','{}','2026-11-05 23:44:01.444000','2026-11-08 23:49:01.444000',1,'2026-11-08 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('3259b2736c3243bf9613a06c04d60e62','case.opened','{"unit": "f542fb42-453a-4e57-a749-4343cda5f755"}','2026-11-06 23:44:01.444000','2026-11-08 23:49:01.444000',1,'2026-11-08 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('ab93fdadb5214820b1e2bc3d9afb70cd','complaint.judged','{"campaign": "7b68badc-8e00-4395-81cb-4adc45abe517"}','2026-11-06 23:44:01.444000','2026-11-08 23:49:01.444000',1,'2026-11-08 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('5f8cc44bd01449a897475991e4173d6d','claims.questioned','{"unit": "4bf49f56-3a96-4b3e-8ece-13c3eb824880"}','2026-11-07 23:44:01.444000','2026-11-08 23:49:01.444000',1,'2026-11-08 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('28422ea0fe594ec99a427c9d321b1fae','cycle.missed','{"unit": null, "title": "\u56f4\u7ed5\u56db\u9879\u6574\u6cbb\u7684\u6697\u8bbf\u901a\u62a5 2026-10-01 \u2013 2026-10-31", "period": "3bb90a55-79aa-47d8-9137-d986b77a6c4b", "campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494"}','2026-11-08 23:44:01.444000','2026-11-08 23:49:01.444000',1,'2026-11-08 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('d4a83e7c00144c46b2eea341428f6291','supervision.card_dealt','{"card": "2fa38000-581f-434e-8a33-d1cd28e2e3e4", "campaign": "7b68badc-8e00-4395-81cb-4adc45abe517", "unit": "4bf49f56-3a96-4b3e-8ece-13c3eb824880", "title": "\u793a\u8303-002 \u4f01\u4e1a\u6295\u8d44\u9879\u76ee\u6838\u51c6", "colour": "blue"}','2026-11-08 23:44:01.444000','2026-11-08 23:49:01.444000',1,'2026-11-08 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('91507c6fda604de3a2f5ff5f43c62c3b','cycle.missed','{"unit": "746a29a4-7269-458b-b3cf-3d5e905b7887", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-09 \u2013 2026-10-28", "period": "456ce8e7-4ba9-4d16-b977-eaa7703fbb58", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-08 23:44:01.444000','2026-11-08 23:49:01.444000',1,'2026-11-08 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('e9ddc96bfea1494a8a5c3d6f801ad584','cycle.missed','{"unit": "e045ff7c-751a-437a-b4bd-b89ae716288b", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-09 \u2013 2026-10-28", "period": "52f1249f-3e4c-45ad-9974-491f7624c2f3", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-08 23:44:01.444000','2026-11-08 23:49:01.444000',1,'2026-11-08 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('5c78a39c712645cbb7c948a5f2b925e1','cycle.missed','{"unit": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-09 \u2013 2026-10-28", "period": "64f40620-a255-4ae1-97b9-a495c63254a9", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-08 23:44:01.444000','2026-11-08 23:49:01.444000',1,'2026-11-08 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('27c9f9ceb2284161ab22cc30f2b0ade6','cycle.missed','{"unit": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-09 \u2013 2026-10-28", "period": "6d4b2b4f-7d1b-4390-bdcd-9f6840b7d215", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-08 23:44:01.444000','2026-11-08 23:49:01.444000',1,'2026-11-08 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('508584ce82b5438198f94e3812f69f8a','cycle.missed','{"unit": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-09 \u2013 2026-10-28", "period": "6d5a675a-70b5-45c7-9936-883afa890d9f", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-08 23:44:01.444000','2026-11-08 23:49:01.444000',1,'2026-11-08 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('fbd0f039d3054d0ca72797cfe995c269','cycle.missed','{"unit": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-09 \u2013 2026-10-28", "period": "9de26d94-4681-4cd4-80e5-f4c6636e244f", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-08 23:44:01.444000','2026-11-08 23:49:01.444000',1,'2026-11-08 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('b4c9ade49bde43ec9a497a27bb25e9e9','cycle.missed','{"unit": null, "title": "\u6574\u6539\u60c5\u51b5\u7763\u67e5 2026-10-09 \u2013 2026-10-28", "period": "e6e5d840-1539-4a95-abcb-65008478e013", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-08 23:44:01.444000','2026-11-08 23:49:01.444000',1,'2026-11-08 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('eaf78c0c00514ebbba861cc669d2b15c','register.overdue','{"title": "\u9996\u95ee\u8d23\u4efb\u4eba\u6388\u6743\u4e66 \u00b7 \u5df2\u62a5", "row": "3df68542-8ebd-4c0a-b879-a6f8d80af74c", "campaign": "7b68badc-8e00-4395-81cb-4adc45abe517", "unit": "4bf49f56-3a96-4b3e-8ece-13c3eb824880", "due": "2026-11-05T10:00:00+00:00"}','2026-11-08 23:44:01.444000','2026-11-08 23:49:01.444000',1,'2026-11-08 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('b6403fc2937845c6bc035adde75ca6e6','breach.alleged','{"by": "4ed63358-4770-434c-84bd-a1913fdbc703"}','2026-11-09 23:44:01.444000','2026-11-11 02:09:00.000000',1,'2026-11-11 02:04:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('bbe12411ea7f4e0f85c2ac778b20a11b','claims.explained','{"by": "bbd25f58-f764-4374-a72b-d5cf0dca7891"}','2026-11-10 23:44:01.444000','2026-11-11 02:09:00.000000',1,'2026-11-11 02:04:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('de3b75255840413cb3bb3251b6e29f63','complaint.received','{"campaign": "7b68badc-8e00-4395-81cb-4adc45abe517"}','2026-11-10 23:44:01.444000','2026-11-11 02:09:00.000000',1,'2026-11-11 02:04:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('fd9550b084d3482fa3621cdc39aac5f6','record.received','{"record": "33a14fab-a4c5-4bc2-8a7a-f0172cf7a0ec", "record_sha256": "90babeb1692431460c5035be18f53f90ae260d9ff0249d5174f075749ac1e1f4"}','2026-11-11 02:04:00.000000','2026-11-11 02:09:00.000000',1,'2026-11-11 02:04:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('e827a55ec9ac4a79a0c33e9e9692ca07','media.stored','{"sha256": "825afce1d9641aa84d877002758d2ad0c4e94c4477bd85555dc53be16647581e"}','2026-11-11 02:04:00.000000','2026-11-11 02:09:00.000000',1,'2026-11-11 02:04:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('1244c6783270487baaff1dae158300a0','media.held','{"owner": "33a14fab-a4c5-4bc2-8a7a-f0172cf7a0ec", "sha256": "825afce1d9641aa84d877002758d2ad0c4e94c4477bd85555dc53be16647581e", "inspector": "f7e3a946-9856-477f-8962-aa4ec3de4d7d"}','2026-11-11 02:04:00.000000','2026-11-11 02:09:00.000000',1,'2026-11-11 02:04:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('4eded0912e794946b1f961180071bd8b','media.decoded','{"sha256": "825afce1d9641aa84d877002758d2ad0c4e94c4477bd85555dc53be16647581e"}','2026-11-11 02:04:00.000000','2026-11-11 02:09:00.000000',1,'2026-11-11 02:04:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('2c4fecec75404e92bebd538d097fb558','record.completed','{"record": "33a14fab-a4c5-4bc2-8a7a-f0172cf7a0ec", "record_sha256": "90babeb1692431460c5035be18f53f90ae260d9ff0249d5174f075749ac1e1f4"}','2026-11-11 02:04:00.000000','2026-11-11 02:09:00.000000',1,'2026-11-11 02:04:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('de25940c86614976952aa9e99b80bbe9','record.received','{"record": "5f757031-ec77-4d21-a965-44044dddef21", "record_sha256": "daff1e06a988e9970d4277fd79fc0d22a005211c6e454bb3d32dd55f2bac9525"}','2026-11-12 02:44:00.000000','2026-11-12 02:49:00.000000',1,'2026-11-12 02:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('db317d9e49914813a6a39acbcaaf2d18','media.stored','{"sha256": "65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f"}','2026-11-12 02:44:00.000000','2026-11-12 02:49:00.000000',1,'2026-11-12 02:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('dc0847574d64467da13d2a3636506b02','media.held','{"owner": "5f757031-ec77-4d21-a965-44044dddef21", "sha256": "65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f", "inspector": "ea543582-cd67-473f-a882-e24fdfcf2648"}','2026-11-12 02:44:00.000000','2026-11-12 02:49:00.000000',1,'2026-11-12 02:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('58936b38963c45fb8ffd32868ff850b3','media.decoded','{"sha256": "65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f"}','2026-11-12 02:44:00.000000','2026-11-12 02:49:00.000000',1,'2026-11-12 02:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('b2e47a21498d4194aa88f3cbf06e00d6','record.completed','{"record": "5f757031-ec77-4d21-a965-44044dddef21", "record_sha256": "daff1e06a988e9970d4277fd79fc0d22a005211c6e454bb3d32dd55f2bac9525"}','2026-11-12 02:44:00.000000','2026-11-12 02:49:00.000000',1,'2026-11-12 02:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('951ce8042beb48a3b4a0446f7e95d351','case.opened','{"unit": "4bf49f56-3a96-4b3e-8ece-13c3eb824880"}','2026-11-13 02:44:00.000000','2026-11-14 03:24:00.000000',1,'2026-11-14 03:19:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('b9275ef40836493fb4c8ac5b374c2886','notice.submitted','{"by": "bbd25f58-f764-4374-a72b-d5cf0dca7891"}','2026-11-17 02:44:00.000000','2026-11-19 07:49:00.000000',1,'2026-11-19 07:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('3cc4e8644a2e4fc58b5731bcbb0d2072','notice.published','{"unit": null}','2026-11-17 02:44:00.000000','2026-11-19 07:49:00.000000',1,'2026-11-19 07:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('68bb330971b1481a848acc4fb6c1b22e','complaint.received','{"campaign": "7b68badc-8e00-4395-81cb-4adc45abe517"}','2026-11-12 23:44:01.444000','2026-11-14 03:24:00.000000',1,'2026-11-14 03:19:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('f96e712273db436f94826e0348c51626','breach.alleged','{"by": "4ed63358-4770-434c-84bd-a1913fdbc703"}','2026-11-13 23:44:01.444000','2026-11-14 03:24:00.000000',1,'2026-11-14 03:19:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('94fef4798d6b456c9ff61ddbd86a4a55','record.received','{"record": "50f9d8be-af9b-4ad3-8455-bd5009775c38", "record_sha256": "a181a91ed895e6b19506086604ce098fa22c816ddaaeb0130b40760b1173b154"}','2026-11-14 03:19:00.000000','2026-11-14 03:24:00.000000',1,'2026-11-14 03:19:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('0c123c2570de403b940c15b6bfabe2d8','record.completed','{"record": "50f9d8be-af9b-4ad3-8455-bd5009775c38", "record_sha256": "a181a91ed895e6b19506086604ce098fa22c816ddaaeb0130b40760b1173b154"}','2026-11-14 03:19:00.000000','2026-11-14 03:24:00.000000',1,'2026-11-14 03:19:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('1882ae46770f4dc4afc81add93f74094','measure.proposed','{"by": "bbd25f58-f764-4374-a72b-d5cf0dca7891"}','2026-11-14 23:44:01.444000','2026-11-15 23:49:01.444000',1,'2026-11-15 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('509154d5e309466180480e1ba9b23024','complaint.transferred','{"unit": "f542fb42-453a-4e57-a749-4343cda5f755", "campaign": "7b68badc-8e00-4395-81cb-4adc45abe517"}','2026-11-14 23:44:01.444000','2026-11-15 23:49:01.444000',1,'2026-11-15 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('5e5a622ba3354f1385741589740acfc8','measure.proposed','{"by": "bbd25f58-f764-4374-a72b-d5cf0dca7891"}','2026-11-15 23:44:01.444000','2026-11-15 23:49:01.444000',1,'2026-11-15 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('396c45cad53b43aeb4116e21f594d650','supervision.card_dealt','{"card": "b9ff15f9-9a01-48a6-a73d-be79467e1c2b", "campaign": "7b68badc-8e00-4395-81cb-4adc45abe517", "unit": "4bf49f56-3a96-4b3e-8ece-13c3eb824880", "title": "\u793a\u8303-002 \u4f01\u4e1a\u6295\u8d44\u9879\u76ee\u6838\u51c6", "colour": "yellow"}','2026-11-15 23:44:01.444000','2026-11-15 23:49:01.444000',1,'2026-11-15 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('dcc84d6baaea4cf3983b7e32e4b2eeb2','cycle.due_soon','{"unit": null, "title": "\u6574\u6539\u60c5\u51b5\u7763\u67e5 2026-10-28 \u2013 2026-11-11", "period": "a1540835-c005-43a9-8edc-cbdd78584c0e", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-15 23:44:01.444000','2026-11-15 23:49:01.444000',1,'2026-11-15 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('474d4472c84c4d92ba3bbeddef84afa0','cycle.due_soon','{"unit": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-28 \u2013 2026-11-11", "period": "b3427b7c-585a-4a8a-87c1-009f777d8cdb", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-15 23:44:01.444000','2026-11-15 23:49:01.444000',1,'2026-11-15 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('6db2fdc42ddb4ecc9326e24e27c9c8b7','cycle.due_soon','{"unit": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-28 \u2013 2026-11-11", "period": "bfbeab1c-c0dc-4d9b-aa5b-b9425587402a", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-15 23:44:01.444000','2026-11-15 23:49:01.444000',1,'2026-11-15 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('35420e228a4e4b7dba00ebba9a609477','cycle.due_soon','{"unit": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-28 \u2013 2026-11-11", "period": "e1ff4e07-b400-46f0-9715-aa818f731714", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-15 23:44:01.444000','2026-11-15 23:49:01.444000',1,'2026-11-15 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('cad75a128edb42f3902d6470a94305b7','cycle.due_soon','{"unit": "e045ff7c-751a-437a-b4bd-b89ae716288b", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-28 \u2013 2026-11-11", "period": "e3669f4c-a51f-4771-8fee-ab4b064eb4e9", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-15 23:44:01.444000','2026-11-15 23:49:01.444000',1,'2026-11-15 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('d06ac3ed9111415082eeed8c3c67e7f3','cycle.due_soon','{"unit": "746a29a4-7269-458b-b3cf-3d5e905b7887", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-28 \u2013 2026-11-11", "period": "edfdb7fa-1748-425d-980a-20ee258242e5", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-15 23:44:01.444000','2026-11-15 23:49:01.444000',1,'2026-11-15 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('8b0eb4a53863454e9129ae98b4c4fb04','cycle.due_soon','{"unit": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-28 \u2013 2026-11-11", "period": "fd305852-27bc-4bcf-b693-ef37f19a98bd", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-15 23:44:01.444000','2026-11-15 23:49:01.444000',1,'2026-11-15 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('0bbcbacea3af468c8c1dad15c2b2755e','case.opened','{"unit": "e045ff7c-751a-437a-b4bd-b89ae716288b"}','2026-11-15 23:44:01.444000','2026-11-15 23:49:01.444000',1,'2026-11-15 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('d024c0739e70476888aeb41289079a1c','register.due_soon','{"title": "\u5355\u4f4d\u516c\u5f00\u627f\u8bfa \u00b7 \u5df2\u516c\u5e03", "row": "5fa69f57-667b-417b-bd92-1e57daf5a428", "campaign": "7b68badc-8e00-4395-81cb-4adc45abe517", "unit": "4bf49f56-3a96-4b3e-8ece-13c3eb824880", "due": "2026-11-18T10:00:00+00:00"}','2026-11-15 23:44:01.444000','2026-11-15 23:49:01.444000',1,'2026-11-15 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('df1e2275cd594c2b9d78895d0fb1a2ac','notice.submitted','{"by": "bbd25f58-f764-4374-a72b-d5cf0dca7891"}','2026-11-16 23:44:01.444000','2026-11-19 07:49:00.000000',1,'2026-11-19 07:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('70b42a7f7d5b462eb6edd4a8f0e86a40','notice.published','{"unit": "4bf49f56-3a96-4b3e-8ece-13c3eb824880"}','2026-11-16 23:44:01.444000','2026-11-19 07:49:00.000000',1,'2026-11-19 07:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('51a05ec583cf437fbcb2bdb6c1f6bfb0','notice.submitted','{"by": "bbd25f58-f764-4374-a72b-d5cf0dca7891"}','2026-11-17 23:44:01.444000','2026-11-19 07:49:00.000000',1,'2026-11-19 07:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('623a195031364cafa4cfc185c1cd8a73','case.opened','{"unit": "f542fb42-453a-4e57-a749-4343cda5f755"}','2026-11-17 23:44:01.444000','2026-11-19 07:49:00.000000',1,'2026-11-19 07:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('4ef3d0a989204755b3f41ccef7ee588e','case.asked','{"kind": "extension", "by": "a8bf5f53-9a98-40e5-8f13-9d22cf32ce70"}','2026-11-18 23:44:01.444000','2026-11-19 07:49:00.000000',1,'2026-11-19 07:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('5ab8000229064004bfd7801337d33803','notice.submitted','{"by": "bbd25f58-f764-4374-a72b-d5cf0dca7891"}','2026-11-18 23:44:01.444000','2026-11-19 07:49:00.000000',1,'2026-11-19 07:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('908a7c03f8054d91a9c7386d44664dfb','record.received','{"record": "196271a5-6693-4b38-bd6f-3ee48b8322af", "record_sha256": "4c0c22985e10adcfc8b1f9bc0abece8051e70cdec636d07689a44778bbdde976"}','2026-11-19 07:44:00.000000','2026-11-19 07:49:00.000000',1,'2026-11-19 07:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('ccfa0247374a459a94627d968643889f','media.stored','{"sha256": "4aaed3d003241e2575f1bdd2ec5a5950c0f7f02bb732b3947139b9ad8eeb4c9b"}','2026-11-19 07:44:00.000000','2026-11-19 07:49:00.000000',1,'2026-11-19 07:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('380f96d6cb3d4cb7aa9bf1f79fabc3dd','media.held','{"owner": "196271a5-6693-4b38-bd6f-3ee48b8322af", "sha256": "4aaed3d003241e2575f1bdd2ec5a5950c0f7f02bb732b3947139b9ad8eeb4c9b", "inspector": "5bf77597-808a-4ed9-8d9e-50444ac87169"}','2026-11-19 07:44:00.000000','2026-11-19 07:49:00.000000',1,'2026-11-19 07:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('d519aeaa076049868828cf49cf48fc79','media.decoded','{"sha256": "4aaed3d003241e2575f1bdd2ec5a5950c0f7f02bb732b3947139b9ad8eeb4c9b"}','2026-11-19 07:44:00.000000','2026-11-19 07:49:00.000000',1,'2026-11-19 07:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('e3ff0c499ad4467cb9639e096fd05295','record.completed','{"record": "196271a5-6693-4b38-bd6f-3ee48b8322af", "record_sha256": "4c0c22985e10adcfc8b1f9bc0abece8051e70cdec636d07689a44778bbdde976"}','2026-11-19 07:44:00.000000','2026-11-19 07:49:00.000000',1,'2026-11-19 07:44:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('dcb43727bb7f42c5bc8b6b47591efcbc','measure.proposed','{"by": "bbd25f58-f764-4374-a72b-d5cf0dca7891"}','2026-11-19 23:44:01.444000','2026-11-20 10:51:00.000000',1,'2026-11-20 10:46:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('95588f721cb24a95bcbbe1b7eddcd523','record.received','{"record": "2ecc71b0-ab5c-4716-95a2-cb24fab1364d", "record_sha256": "b943376c21e541cc90a063d87284acfea9f8f9ed1ecad50cd1dc95a0443ada1d"}','2026-11-20 10:46:00.000000','2026-11-20 10:51:00.000000',1,'2026-11-20 10:46:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('7b7beffa75a34bcaa7617cb6d8a695a4','record.completed','{"record": "2ecc71b0-ab5c-4716-95a2-cb24fab1364d", "record_sha256": "b943376c21e541cc90a063d87284acfea9f8f9ed1ecad50cd1dc95a0443ada1d"}','2026-11-20 10:46:00.000000','2026-11-20 10:51:00.000000',1,'2026-11-20 10:46:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('ec6b6524528d43a09dafd091f6c110dc','complaint.chased','{"unit": "f542fb42-453a-4e57-a749-4343cda5f755"}','2026-11-20 23:44:01.444000','2026-11-21 08:12:00.000000',1,'2026-11-21 08:07:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('499333d19d164e7abb0fefeea72f0533','record.received','{"record": "d7c92fa3-80cb-40fb-96cc-aef1e2b1170a", "record_sha256": "bb5f00dde272ebf7f81533bbc1f18edb97f3d38853a6fc59dd3182eec132f992"}','2026-11-21 08:07:00.000000','2026-11-21 08:12:00.000000',1,'2026-11-21 08:07:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('3a4bbd692d4442a2ac66e3c03fb36dcc','media.stored','{"sha256": "9a7f70fcbfa69e906e3dd2f4386cc46765ec33c97a94cbb0718f4d47e2a04195"}','2026-11-21 08:07:00.000000','2026-11-21 08:12:00.000000',1,'2026-11-21 08:07:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('06877aed1b75421c8f339b2828316f1a','media.held','{"owner": "d7c92fa3-80cb-40fb-96cc-aef1e2b1170a", "sha256": "9a7f70fcbfa69e906e3dd2f4386cc46765ec33c97a94cbb0718f4d47e2a04195", "inspector": "f7e3a946-9856-477f-8962-aa4ec3de4d7d"}','2026-11-21 08:07:00.000000','2026-11-21 08:12:00.000000',1,'2026-11-21 08:07:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('e866f0c8f5234ac386b5b2d2f3376c12','media.decoded','{"sha256": "9a7f70fcbfa69e906e3dd2f4386cc46765ec33c97a94cbb0718f4d47e2a04195"}','2026-11-21 08:07:00.000000','2026-11-21 08:12:00.000000',1,'2026-11-21 08:07:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('3bed6973361a48d6be36f9347f0dca1d','record.completed','{"record": "d7c92fa3-80cb-40fb-96cc-aef1e2b1170a", "record_sha256": "bb5f00dde272ebf7f81533bbc1f18edb97f3d38853a6fc59dd3182eec132f992"}','2026-11-21 08:07:00.000000','2026-11-21 08:12:00.000000',1,'2026-11-21 08:07:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('f8927d8315054799abbd2a1c6a7f5ad9','complaint.received','{"campaign": "7b68badc-8e00-4395-81cb-4adc45abe517"}','2026-11-21 23:44:01.444000','2026-11-22 01:42:00.000000',1,'2026-11-22 01:37:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('517385ef6329440b8ce0bba148e9cc19','record.received','{"record": "b96d5f6e-2774-4baa-b130-4b909184174b", "record_sha256": "01647bcea001c57395af6e0db246573ad5c4b36bb5aa0910d846ac9f845e9f32"}','2026-11-22 01:37:00.000000','2026-11-22 01:42:00.000000',1,'2026-11-22 01:37:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('b427fd641e8b4eb79bb36ad1a422b93f','record.completed','{"record": "b96d5f6e-2774-4baa-b130-4b909184174b", "record_sha256": "01647bcea001c57395af6e0db246573ad5c4b36bb5aa0910d846ac9f845e9f32"}','2026-11-22 01:37:00.000000','2026-11-22 01:42:00.000000',1,'2026-11-22 01:37:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('41958a3a6f58450aa340b1f575bebd37','complaint.cluster_found','{}','2026-11-22 01:37:00.000000','2026-11-22 01:42:00.000000',1,'2026-11-22 01:37:00.000000',NULL);
INSERT INTO "outbox_events" VALUES('1875f672ad8044bdb7bf098cda995367','supervision.card_dealt','{"card": "b65c1093-5055-43e2-a53e-7894e14969ef", "campaign": "7b68badc-8e00-4395-81cb-4adc45abe517", "unit": "4bf49f56-3a96-4b3e-8ece-13c3eb824880", "title": "\u793a\u8303-003 \u65bd\u5de5\u8bb8\u53ef", "colour": "blue"}','2026-11-22 23:44:01.444000','2026-11-22 23:49:01.444000',1,'2026-11-22 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('692b2b95069d4b37949ea7bd88708b95','complaint.cluster_proposed','{"by": "bbd25f58-f764-4374-a72b-d5cf0dca7891"}','2026-11-22 23:44:01.444000','2026-11-22 23:49:01.444000',1,'2026-11-22 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('3d4f394e32be41af86c8cded1ce046d0','cycle.missed','{"unit": null, "title": "\u6574\u6539\u60c5\u51b5\u7763\u67e5 2026-10-28 \u2013 2026-11-11", "period": "a1540835-c005-43a9-8edc-cbdd78584c0e", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-22 23:44:01.444000','2026-11-22 23:49:01.444000',1,'2026-11-22 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('8e08d121c7e24a9b8c4fc88d49b50e45','cycle.missed','{"unit": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-28 \u2013 2026-11-11", "period": "b3427b7c-585a-4a8a-87c1-009f777d8cdb", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-22 23:44:01.444000','2026-11-22 23:49:01.444000',1,'2026-11-22 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('2857d28cf0bb44bf820fa394df0d6f33','cycle.missed','{"unit": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-28 \u2013 2026-11-11", "period": "bfbeab1c-c0dc-4d9b-aa5b-b9425587402a", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-22 23:44:01.444000','2026-11-22 23:49:01.444000',1,'2026-11-22 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('a7324dabee3841cfb9e4e190ce69d626','cycle.missed','{"unit": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-28 \u2013 2026-11-11", "period": "e1ff4e07-b400-46f0-9715-aa818f731714", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-22 23:44:01.444000','2026-11-22 23:49:01.444000',1,'2026-11-22 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('2d93baa912d04286adbaf671f8c14ad5','cycle.missed','{"unit": "e045ff7c-751a-437a-b4bd-b89ae716288b", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-28 \u2013 2026-11-11", "period": "e3669f4c-a51f-4771-8fee-ab4b064eb4e9", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-22 23:44:01.444000','2026-11-22 23:49:01.444000',1,'2026-11-22 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('81195b692f6543dc8e31df1e9d82c8f9','cycle.missed','{"unit": "746a29a4-7269-458b-b3cf-3d5e905b7887", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-28 \u2013 2026-11-11", "period": "edfdb7fa-1748-425d-980a-20ee258242e5", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-22 23:44:01.444000','2026-11-22 23:49:01.444000',1,'2026-11-22 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('4b03e0553c53432bbdbfa53749eaa7dd','cycle.missed','{"unit": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a 2026-10-28 \u2013 2026-11-11", "period": "fd305852-27bc-4bcf-b693-ef37f19a98bd", "campaign": "b23d08eb-b85a-40b1-bd5d-afce944293f9"}','2026-11-22 23:44:01.444000','2026-11-22 23:49:01.444000',1,'2026-11-22 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('b22040c06b464aae8f461c3ed61293a2','register.overdue','{"title": "\u9996\u95ee\u8d23\u4efb\u5c97AB\u5c97\u8868 \u00b7 \u67e5\u5b9e\u7a7a\u5c97", "row": "8007e437-65b5-4a6a-ab6a-9931e622669e", "campaign": "7b68badc-8e00-4395-81cb-4adc45abe517", "unit": "4bf49f56-3a96-4b3e-8ece-13c3eb824880", "due": "2026-11-18T10:00:00+00:00"}','2026-11-22 23:44:01.444000','2026-11-22 23:49:01.444000',1,'2026-11-22 23:44:01.444000',NULL);
INSERT INTO "outbox_events" VALUES('00c07b9e028c4bd1a70f2b2020154796','log.sealed','{"size": 55}','2026-11-22 23:44:13.088000','2026-11-22 23:44:13.088000',0,NULL,NULL);
CREATE TABLE packs (
	id CHAR(32) NOT NULL, 
	profile VARCHAR NOT NULL, 
	selector JSON NOT NULL, 
	private BOOLEAN NOT NULL, 
	state VARCHAR NOT NULL, 
	failure VARCHAR, 
	failure_details JSON NOT NULL, 
	pack_name VARCHAR, 
	tagmanifest_sha256 VARCHAR, 
	bytes INTEGER, 
	sha256 VARCHAR, 
	record_count INTEGER, 
	bytes_done INTEGER, 
	bytes_total INTEGER, 
	requested_by CHAR(32) NOT NULL, 
	requested_at DATETIME NOT NULL, 
	finished_at DATETIME, 
	CONSTRAINT pk_packs PRIMARY KEY (id), 
	CONSTRAINT fk_packs_requested_by_users FOREIGN KEY(requested_by) REFERENCES users (id)
);
CREATE TABLE passkeys (
	id CHAR(32) NOT NULL, 
	user_id CHAR(32) NOT NULL, 
	credential_id VARCHAR NOT NULL, 
	public_key VARCHAR NOT NULL, 
	sign_count INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	made_at DATETIME NOT NULL, 
	used_at DATETIME, 
	suspended_at DATETIME, 
	CONSTRAINT pk_passkeys PRIMARY KEY (id), 
	CONSTRAINT fk_passkeys_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE, 
	CONSTRAINT uq_passkeys_credential_id UNIQUE (credential_id)
);
CREATE TABLE picture_decisions (
	id CHAR(32) NOT NULL, 
	record_id CHAR(32) NOT NULL, 
	original_sha256 VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	rectangles JSON NOT NULL, 
	reason VARCHAR, 
	png_sha256 VARCHAR NOT NULL, 
	png_bytes INTEGER NOT NULL, 
	proof_key VARCHAR, 
	reviewer_id CHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	superseded_at DATETIME, 
	deleted_at DATETIME, 
	document JSON NOT NULL, 
	details JSON NOT NULL, 
	details_salt VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	CONSTRAINT pk_picture_decisions PRIMARY KEY (id), 
	CONSTRAINT fk_picture_decisions_original_sha256_media FOREIGN KEY(original_sha256) REFERENCES media (sha256), 
	CONSTRAINT fk_picture_decisions_record_id_records FOREIGN KEY(record_id) REFERENCES records (id), 
	CONSTRAINT fk_picture_decisions_reviewer_id_users FOREIGN KEY(reviewer_id) REFERENCES users (id)
);
INSERT INTO "picture_decisions" VALUES('f5fa873869bb44448aacacdce63ca7a6','33a14faba4c54bc28a7af0172cf7a0ec','825afce1d9641aa84d877002758d2ad0c4e94c4477bd85555dc53be16647581e','redaction','[{"x": 620, "y": 10, "w": 360, "h": 150}, {"x": 1205, "y": 490, "w": 380, "h": 250}, {"x": 910, "y": 490, "w": 120, "h": 60}]',NULL,'737f15b48a562ddf7c080e078dfba5b99098e46e564d8ae0eb02800385eac57c',1154993,'proof/0e/0e9dc27a3e6c006ea179c2d65ef9b1f0f3f6ec5262887f29e14ab6c833b879b9','4ed633584770434c84bda1913fdbc703','2026-11-11 08:04:00.000000',NULL,NULL,'{"v": 1, "record": "33a14fab-a4c5-4bc2-8a7a-f0172cf7a0ec", "original_sha256": "825afce1d9641aa84d877002758d2ad0c4e94c4477bd85555dc53be16647581e", "png_sha256": "737f15b48a562ddf7c080e078dfba5b99098e46e564d8ae0eb02800385eac57c", "decision": "redaction", "day": "2026-11-11", "details_c": "ccdbed5f1f0cd5275ceea83c5c3d1b6b712a92f633f43d57ff97acc24f32ecc2"}','{"reason": null, "rectangles": [{"x": 620, "y": 10, "w": 360, "h": 150}, {"x": 1205, "y": 490, "w": 380, "h": 250}, {"x": 910, "y": 490, "w": 120, "h": 60}], "at": "2026-11-11T08:04:00.000Z"}','e9776fdfe32513a719bc0bcdfb1bfb83','7abd10b0d6d9d81100dadfd7971e37a137b57ef797a5570f146c6d0e44e93036');
INSERT INTO "picture_decisions" VALUES('e4a6241663c24d0e919ae32116e306fc','5f757031ec774d21a96544044dddef21','65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f','redaction','[{"x": 1095, "y": 365, "w": 230, "h": 240}, {"x": 1075, "y": 785, "w": 270, "h": 100}, {"x": 0, "y": 860, "w": 230, "h": 260}]',NULL,'e505a5c5de06d873b868926887c3df3f9650bdb1c967cf6453f825df6f9a4c5c',1205682,'proof/91/91b3531f1df4ca26aa90f6f534a271d308b90cc8ce35d2479447a08e891dc7b6','4ed633584770434c84bda1913fdbc703','2026-11-12 08:44:00.000000',NULL,NULL,'{"v": 1, "record": "5f757031-ec77-4d21-a965-44044dddef21", "original_sha256": "65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f", "png_sha256": "e505a5c5de06d873b868926887c3df3f9650bdb1c967cf6453f825df6f9a4c5c", "decision": "redaction", "day": "2026-11-12", "details_c": "a3ef132200508ed40dbbaa9a4e73a50caee7abf6d47337d74c5cc5469dbbaa4c"}','{"reason": null, "rectangles": [{"x": 1095, "y": 365, "w": 230, "h": 240}, {"x": 1075, "y": 785, "w": 270, "h": 100}, {"x": 0, "y": 860, "w": 230, "h": 260}], "at": "2026-11-12T08:44:00.000Z"}','019ba1ac86b9a82a288ed14124cd1cf4','9160db8d23f24f69f13ed7288fc280dc81b6c339cb366fb591e767c79f3929ba');
CREATE TABLE press_packs (
	id CHAR(32) NOT NULL, 
	notice_id CHAR(32) NOT NULL, 
	headline VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	drafted_by CHAR(32) NOT NULL, 
	drafted_at DATETIME NOT NULL, 
	approved_by CHAR(32), 
	approved_at DATETIME, 
	evidence_id CHAR(32), 
	CONSTRAINT pk_press_packs PRIMARY KEY (id), 
	CONSTRAINT ck_press_packs_approved CHECK ((approved_by IS NULL) = (approved_at IS NULL)), 
	CONSTRAINT ck_press_packs_four_eyes CHECK (approved_by IS NULL OR approved_by <> drafted_by), 
	CONSTRAINT fk_press_packs_approved_by_users FOREIGN KEY(approved_by) REFERENCES users (id), 
	CONSTRAINT fk_press_packs_drafted_by_users FOREIGN KEY(drafted_by) REFERENCES users (id), 
	CONSTRAINT fk_press_packs_evidence_id_packs FOREIGN KEY(evidence_id) REFERENCES packs (id), 
	CONSTRAINT fk_press_packs_notice_id_notices FOREIGN KEY(notice_id) REFERENCES notices (id)
);
CREATE TABLE receipt_salts (
	id INTEGER NOT NULL, 
	salt VARCHAR NOT NULL, 
	CONSTRAINT pk_receipt_salts PRIMARY KEY (id), 
	CONSTRAINT ck_receipt_salts_only_one CHECK (id = 1)
);
INSERT INTO "receipt_salts" VALUES(1,'emU2cBhpsbatD9wyuZ0UzA==');
CREATE TABLE record_flags (
	id CHAR(32) NOT NULL, 
	record_sha256 VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	facts JSON NOT NULL, 
	CONSTRAINT pk_record_flags PRIMARY KEY (id), 
	CONSTRAINT fk_record_flags_record_sha256_record_versions FOREIGN KEY(record_sha256) REFERENCES record_versions (record_sha256), 
	CONSTRAINT uq_record_flags_record_sha256_code UNIQUE (record_sha256, code)
);
INSERT INTO "record_flags" VALUES('7158266877a840cda589eac617a03af8','762b1150d64a3c48b0a2713991e142c4e9148bc6465fa13a4747287a58adecd2','photos-missing','{"count": 1, "items": ["deputy"]}');
INSERT INTO "record_flags" VALUES('2daf23a143a441f2ab124651002fb324','8032cf88933239f3998b1b220b1590be652c87cad50bc723b9175e760078be19','photos-missing','{"count": 1, "items": ["deputy"]}');
INSERT INTO "record_flags" VALUES('f29503e668d9493e96588745b61f4058','5d9ad474a3753ad61d5603e9c09e14ec3520631d39b18efae6bcc209c4fe6107','photos-missing','{"count": 1, "items": ["deputy"]}');
INSERT INTO "record_flags" VALUES('f8c7969e149446519519f206b8db64cc','f3db883969745f74250f3fbadc8da05242fa245cf13148d0759157e4a49d3097','photos-missing','{"count": 1, "items": ["deputy"]}');
INSERT INTO "record_flags" VALUES('9c81b4cbaaec47e7adbba15446f0975f','d3ff405abed458925bbf13d9fdc04df71ba8846d7586f2de33dc2033a8d0710a','photos-missing','{"count": 1, "items": ["deputy"]}');
INSERT INTO "record_flags" VALUES('bd2c4468c19f489eae2a66fece4ec9e0','90babeb1692431460c5035be18f53f90ae260d9ff0249d5174f075749ac1e1f4','photos-missing','{"count": 1, "items": ["receipt"]}');
INSERT INTO "record_flags" VALUES('33e7e8af7d5643108c3d59859eb56030','90babeb1692431460c5035be18f53f90ae260d9ff0249d5174f075749ac1e1f4','ride-fare-differs','{"paid": "20.00", "least": "12.00", "most": "15.00", "distance_m": 4200}');
INSERT INTO "record_flags" VALUES('ff41d6f526e743e7a4adcb5b41c2c5a3','daff1e06a988e9970d4277fd79fc0d22a005211c6e454bb3d32dd55f2bac9525','photos-missing','{"count": 1, "items": ["deputy"]}');
INSERT INTO "record_flags" VALUES('69aaeca0e4d84ec1819c15e37df9d147','4c0c22985e10adcfc8b1f9bc0abece8051e70cdec636d07689a44778bbdde976','photos-missing','{"count": 2, "items": ["whereabouts", "desks"]}');
CREATE TABLE record_returns (
	id CHAR(32) NOT NULL, 
	record_id CHAR(32) NOT NULL, 
	record_sha256 VARCHAR NOT NULL, 
	remarks JSON NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_record_returns PRIMARY KEY (id), 
	CONSTRAINT fk_record_returns_record_id_records FOREIGN KEY(record_id) REFERENCES records (id), 
	CONSTRAINT fk_record_returns_record_sha256_record_versions FOREIGN KEY(record_sha256) REFERENCES record_versions (record_sha256)
);
INSERT INTO "record_returns" VALUES('0de092271c4c4d289990bf7250918b33','d7c92fa380cb40fb96ccaef1e2b1170a','bb5f00dde272ebf7f81533bbc1f18edb97f3d38853a6fc59dd3182eec132f992','[{"item": "no_smoking", "text": "\u8bf7\u8bf4\u660e\u5177\u4f53\u4f4d\u7f6e\uff08\u697c\u5c42\u3001\u671d\u5411\uff09\uff0c\u4fbf\u4e8e\u6838\u5bf9\u3002"}]','2026-11-21 14:07:00.000000');
CREATE TABLE record_versions (
	record_sha256 VARCHAR NOT NULL, 
	record_id CHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	supersedes VARCHAR, 
	sdjwt VARCHAR NOT NULL, 
	clear JSON NOT NULL, 
	content JSON NOT NULL, 
	jkt VARCHAR NOT NULL, 
	certificate_box VARCHAR NOT NULL, 
	certificate_commitment VARCHAR NOT NULL, 
	link_sha256 VARCHAR NOT NULL, 
	device_id CHAR(32) NOT NULL, 
	quarantined BOOLEAN NOT NULL, 
	score JSON, 
	received_at DATETIME NOT NULL, 
	log_by DATETIME NOT NULL, 
	receipt VARCHAR NOT NULL, 
	completed_at DATETIME, 
	CONSTRAINT pk_record_versions PRIMARY KEY (record_sha256), 
	CONSTRAINT fk_record_versions_device_id_devices FOREIGN KEY(device_id) REFERENCES devices (id), 
	CONSTRAINT fk_record_versions_record_id_records FOREIGN KEY(record_id) REFERENCES records (id), 
	CONSTRAINT uq_record_versions_record_id_number UNIQUE (record_id, number)
);
INSERT INTO "record_versions" VALUES('354b8acb77c3d518a9ef3b9a2d93556f25adf4d8e3281492004b757e2bde2688','3de334e1cf304c7bbdd7a8ea8c7f52e3',1,NULL,'eyJhbGciOiJFUzI1NiIsImp3ayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6IlBlcG0tMjJhb1lKVVZoMEpNTjUzYjMycmlPaW1BcFpQZmF0M3d4U2hEa28iLCJ5IjoiRnpZNXlTRU9kVG4wbjgxUk9fb0hoZGVzZnJrdnFZdE9aWGlYdFJBc3JpWSJ9LCJ0eXAiOiJpbnNwZWN0aW9uK3NkLWp3dCJ9.eyJfc2QiOlsiLUFOZEV0T0JTOHVRLWQwcXhhdDE4bWdGLXpsWjItaVJORnJPYkFMME9kbyIsIjc5cm9nQWxxTjd6VGZWNExSME9YVmJybzRGSXBQdnlKcEdqZ3FkZjdhSmsiLCI3bjVyY3U0QWhERFFvUHZWbFNKcHYyeTVoT203bDBEMnZrU0pUMVo0MEN3IiwiOTFDMTJhYU5vRjU3c2FueGNvLVBockZmc3dfTlQ2bGUyRVF5Z0g5ZXFldyIsIk9ZekVaTDJoQnQ3cXZrNUVvOTgwb3RKa1ZFQXloZ3oyOUVaa0hqVHhGY0kiLCJRWG9SdDAwS1lPR1VhT1V1eVcwZlA1MHdDa0JWQ0xxVjhlWkpScElyUEo4IiwiUzI4aG9QT1czaG9FRW1vZHBZYXE1T0V2VFZld2VBbTlWMVg1MFZIZ0l4NCIsIlM0a1VlSXZEbmV0cFBPMWxKTWtfVFRkbFllQWlZalRwZmN0NDM2UDl3akkiLCJYbXZWN0F2RXFQeGtMbUhVdk1LcTVtS3dnRi1kbWtZdTNIS2JMWFp1NmxjIiwiZEJHVllRRTNHby00cWwwV0lDb2U0WnRXY1ktbzVpQkg0SDZLbDlIb0tiTSIsImd3NWhLTXhSRXRMQUloUUgyZUtBYUpfcDkxMkNrS0pyZjBHZ2U4cnNrR2siLCJrRzgtLXdMZnVodFY0U3R3R0F3ektsUzBNY0FQWm9TbXpaYkZnLURaMFhvIiwic05qSFpscWpzS2ZhZ0RkbVdSdEVFTkhoSjZoelhfZTZQNERVcWtQcVhDYyJdLCJfc2RfYWxnIjoic2hhLTI1NiIsImNhbXBhaWduIjoiNmI4ZGNhOTMtZjA0MC00YjU1LWE3ZWItMzhjZjAyYjdhNDk0IiwiY2hlY2tsaXN0IjoiNThkZGM3YWMtOWI4My00NTU2LTk4NzQtNzkwYTRiMzgyOTE4IiwiaWQiOiIzZGUzMzRlMS1jZjMwLTRjN2ItYmRkNy1hOGVhOGM3ZjUyZTMiLCJtZWRpYSI6W10sInN1cGVyc2VkZXMiOm51bGwsInVuaXQiOiJlZWI5NTc0Zi1kY2RmLTQxYTUtOTJmZC1kZWZhZjk3MjdmZjAiLCJ2IjoxfQ.9AllLRUH1Ldc-y6WM2vHjQiGRicgVVqfwjzk_ZhMYDRH0I84WXYAULBUJzdCXZvORvN8KqGs-C0ElzokT3EyWQ~WyJxZWxSZGQwSm02YXo0SDE3bGxTNVlRIiwiZGF5IiwiMjAyNi0xMC0xNCJd~WyJCVzdmUXJUOWxtMWVaYUNYVkdpLWVRIiwidmlzaXQiLHsib3V0Y29tZSI6ImRvbmUiLCJyZWFzb24iOm51bGx9XQ~WyJDb0VoOFZsR3BubHc2QUVkQXhwNUt3Iiwic2l0ZSIsImI4Y2IwMTBhLWQ0NTMtNDBhNS1hMDEwLTFkMjEwOWYwZTcwNyJd~WyJYM1BFMWlpSjhoanRYUDJETGNwdjVRIiwic3ViamVjdCIseyJraW5kIjoid2luZG93IiwibGFiZWwiOiIx5Y-356qX5Y-jIn1d~WyJ4bGlTY0k0WDJKdVlkVE1sMkY1MHV3IiwicHJpdmF0ZSIsbnVsbF0~WyJhTjBzcmVDZjJSYnJHckpVSHJJUWhnIiwiYW5zd2VycyIsW3siaXRlbSI6Im9uX2R1dHkiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImRlcHV0eSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiZmlyc3RfY29udGFjdCIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoidG9sZF9vbmNlIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJub19wYXNzaW5nX29uIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJ0aW1lX3Byb21pc2UiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX291dHNpZGVfZmVlcyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fZmF2b3VycyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiYXR0aXR1ZGUiLCJ2YWx1ZSI6NH0seyJpdGVtIjoiYmFkZ2UiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX3ByaXZhdGVfbWF0dGVycyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoicmF0aW5nX2RldmljZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiY29tcGxhaW50c19udW1iZXIiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImJhcnJpZXJfZnJlZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoid2FpdGluZyIsInZhbHVlIjo2fSx7Iml0ZW0iOiJhYnNlbnRfcmVhc29uIiwidmFsdWUiOiJuYSJ9XV0~WyJ6T0xoeVpFanRxLU5Fd1EtdTVqX0J3IiwicmVtYXJrcyIsW11d~WyJ6VHB4WGkxMHdfd2tLUGoxNEV3QTV3IiwicGxhY2UiLHsiYWNjdXJhY3lfbSI6OSwiYXQiOiIyMDI2LTEwLTE0VDAyOjA2OjAwLjAwMFoiLCJsYXRfZTciOjI5NzAxMjEzMCwibG9uX2U3IjoxMTU5OTAzMDkwLCJtZWFzdXJlZCI6bnVsbCwic291cmNlIjoiZ3BzIn1d~WyI0cXVELU9ON01DS1EwSkpEMGRIRWF3IiwiY2xvY2siLHsiZW5kZWRfYXQiOiIyMDI2LTEwLTE0VDAyOjI2OjAwLjAwMFoiLCJtb25vdG9uaWNfbXMiOjE1MDAwMDAsInN0YXJ0ZWRfYXQiOiIyMDI2LTEwLTE0VDAyOjA1OjAwLjAwMFoiLCJzdWJtaXR0ZWRfYXQiOiIyMDI2LTEwLTE0VDAyOjMwOjAwLjAwMFoifV0~WyJ5d2g1OEx6RXhkYlFhRGNydXNLSm9RIiwicmlkZSIsbnVsbF0~WyJtQ0xNVDVfUHlQVXZsSFFiUWthazdnIiwibWVkaWFfZGV0YWlscyIsW11d~WyJ1dklsZjQwRlFVWURVMGNZUmo5UERBIiwib3JpZ2luIix7ImFwcCI6ImFuZmFuZy1kZW1vLzEiLCJhc3NpZ25tZW50IjpudWxsLCJrZXlfcHJvdGVjdGlvbiI6Im5vbmUiLCJ0aWNrZXQiOiJleUpoYkdjaU9pSkZVekkxTmlJc0ltdHBaQ0k2SW5FelNIcGZUWHBGV1UxWE4yNW5kSGcyZFVweFQySnhiMkV5WjJKUWMyczBhREU1YUVOdFdtVjVhRUVpTENKMGVYQWlPaUowYVdOclpYUXJhbmQwSW4wLmV5SnViMjVqWlNJNkltOUVTbnB5V1ZsTlZrcGZNMlpNWDNsU1UycFpVak0yV1c0eVUzTk5NamgyV1hWTFpqRldSakppVEZVaUxDSnpaWEoyWlhKZmRHbHRaU0k2SWpJd01qWXRNVEF0TVRSVU1ERTZNalU2TURBdU1EQXdXaUo5LnlxWkJhWEJBbndweXp1a1dwTlpsMm5oNGxqeDlOQ05pOUxGd3VYZzhSMEN2OTR5RjRwc2dRUDJWLWNqZjhJVm1nVTkwWVV1Z2hmcFNuZFIzN0RNNEJRIiwidXNlcl9hZ2VudCI6ImFuZmFuZy1kZW1vLzEifV0~WyJmVVA4RWNFVlVZaFVubW9mSGlSRy1RIiwibm90ZSIsbnVsbF0~','{"campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494", "checklist": "58ddc7ac-9b83-4556-9874-790a4b382918", "id": "3de334e1-cf30-4c7b-bdd7-a8ea8c7f52e3", "media": [], "supersedes": null, "unit": "eeb9574f-dcdf-41a5-92fd-defaf9727ff0", "v": 1}','{"day": "2026-10-14", "visit": {"outcome": "done", "reason": null}, "site": "b8cb010a-d453-40a5-a010-1d2109f0e707", "subject": {"kind": "window", "label": "1\u53f7\u7a97\u53e3"}, "private": null, "answers": [{"item": "on_duty", "value": "yes"}, {"item": "deputy", "value": "yes"}, {"item": "first_contact", "value": "yes"}, {"item": "told_once", "value": "yes"}, {"item": "no_passing_on", "value": "yes"}, {"item": "time_promise", "value": "yes"}, {"item": "no_outside_fees", "value": "yes"}, {"item": "no_favours", "value": "yes"}, {"item": "attitude", "value": 4}, {"item": "badge", "value": "yes"}, {"item": "no_private_matters", "value": "yes"}, {"item": "rating_device", "value": "yes"}, {"item": "complaints_number", "value": "yes"}, {"item": "barrier_free", "value": "yes"}, {"item": "waiting", "value": 6}, {"item": "absent_reason", "value": "na"}], "remarks": [], "place": {"accuracy_m": 9, "at": "2026-10-14T02:06:00.000Z", "lat_e7": 297012130, "lon_e7": 1159903090, "measured": null, "source": "gps"}, "clock": {"ended_at": "2026-10-14T02:26:00.000Z", "monotonic_ms": 1500000, "started_at": "2026-10-14T02:05:00.000Z", "submitted_at": "2026-10-14T02:30:00.000Z"}, "ride": null, "media_details": [], "origin": {"app": "anfang-demo/1", "assignment": null, "key_protection": "none", "ticket": "eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJ0aWNrZXQrand0In0.eyJub25jZSI6Im9ESnpyWVlNVkpfM2ZMX3lSU2pZUjM2WW4yU3NNMjh2WXVLZjFWRjJiTFUiLCJzZXJ2ZXJfdGltZSI6IjIwMjYtMTAtMTRUMDE6MjU6MDAuMDAwWiJ9.yqZBaXBAnwpyzukWpNZl2nh4ljx9NCNi9LFwuXg8R0Cv94yF4psgQP2V-cjf8IVmgU90YUughfpSndR37DM4BQ", "user_agent": "anfang-demo/1"}, "note": null}','DtflCrtcWWms4lStZxeV6xpRJk6PYyDVbZQqQPpyE1I','e5148f55ae36a90feea0ed8c4911884c.GXXZdeFmto_AQBLUx6g3bZu0Sn6pR1tdeqAMt-IQ1CPlIj6n8-ArvLRXI-SxWmc2VJtIfGdX4hgkOTfD77sYaR5ay494lGsd_h7MqXX1eIPejYEEpfjXkYxC7Psc8lICxc4wZXljJaX9M0St_4U6M0biYkjQ_iC2OVnPsZdDEG3xrzayt9MPkCrARpQxYafDNUWn5z51vma5QTqB3QKiTxVOIbHXEOMS-4nx7kfjVwwfHXI7sdvYiIq34je5yTyDP5HFABKlniTEQJ7wV7EKtidkkBWgOOFUdHlMCYDzm_udIfY9XBAKtNmpeN0abOjwhPLSFg7PkQdI4fZ72-W4cas1UOE1axFfrRB8y34Xb8Kw0p1TtVAUjvXRC60b1z2S34QuRDxWXqK82Cdp0uyqA-1gUXkK1Pd6hwgWGG0C566SgpM_J1lGIASMaxHzHObOwSZtNAZStctNSZMYnWfCZvW29QHEVxHR19Cq7b7Nogn0KQGhrypCDomzR34v2FkhakZ4XLogIdIhmMju4pC_GTdZ8UhPtFac0VSkwfvf2Sl34LvOHngb50UJygaerM1fCB0hMWlBT3VevkZoOg','278b2cdbccf5af6334ecfdf3ac89a545d5667044a80922400857c4555fab8354','cdc41b012157407e6038e1ec6049a7e1f084352e23c31d1276449a8ecc3ab887','f47da8efaecf4effb965f776bd501c47',0,'{"points": 98, "out_of": 100, "covered": 100, "vetoes": [], "failed": [], "missing": [], "out_of_range": []}','2026-10-14 02:55:00.000000','2026-10-15 16:00:00.000000','eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJyZWNlaXB0K2p3dCJ9.eyJjZXJ0aWZpY2F0ZV9jb21taXRtZW50IjoiMjc4YjJjZGJjY2Y1YWY2MzM0ZWNmZGYzYWM4OWE1NDVkNTY2NzA0NGE4MDkyMjQwMDg1N2M0NTU1ZmFiODM1NCIsImNvbXBsZXRlIjp0cnVlLCJsb2dfYnkiOiIyMDI2LTEwLTE1VDE2OjAwOjAwLjAwMFoiLCJtZWRpYSI6W10sInJlY2VpdmVkX2F0IjoiMjAyNi0xMC0xNFQwMjo1NTowMC4wMDBaIiwicmVjb3JkIjoiM2RlMzM0ZTEtY2YzMC00YzdiLWJkZDctYThlYThjN2Y1MmUzIiwicmVjb3JkX3NoYTI1NiI6IjM1NGI4YWNiNzdjM2Q1MThhOWVmM2I5YTJkOTM1NTZmMjVhZGY0ZDhlMzI4MTQ5MjAwNGI3NTdlMmJkZTI2ODgifQ.1KNN3YCQaG_dVyuPryWsKL9s0tA13xMMDp2O8lEUm4uw0n8-WT7GAIh9a0IkEKGCx6bhvJQCZCd1xLWPhG69Gg','2026-10-14 02:55:00.000000');
INSERT INTO "record_versions" VALUES('762b1150d64a3c48b0a2713991e142c4e9148bc6465fa13a4747287a58adecd2','0040a7057be141bb9e575890504d24fc',1,NULL,'eyJhbGciOiJFUzI1NiIsImp3ayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6IjI2LUdiLXdQYTA0LTg4anM1ZWxsWDNxbXJCTGk2N193UEpNUGdUdjRiS28iLCJ5IjoiZWtqb0ROcVlZdmFuT0dGcXV0OVFCa0wwcGxtRkszYVE3NEQwLXBrcjVJNCJ9LCJ0eXAiOiJpbnNwZWN0aW9uK3NkLWp3dCJ9.eyJfc2QiOlsiOW1YWUpRNTRreG8ybG92R2FJY1FzOHBhY0ZRWllsbXNlNFRoZEpDM3VPWSIsIkVnbmpaMjlHYkVvMFFJSWN2a2V2cnllcUl3MmRKalh1TE56V29FLVRlOFUiLCJGT3RxZzVSLVozSUlOR3hCLWd4QjQ1UEFlR0cyb1V2VnpIWXNyRlpqRmtnIiwiSV9reWdJX0h5WVpaUUVyU2NDMzRTb25lcUNBM0Y5ZFFLS1hqRDhvRmVzZyIsIklzZ2VHM19EcVBiLXJLSktFdTczUF9Ld0t1NHg0V0RhNDF4X0RtZ1R5b2siLCJQNkl3NThFYlBtNGI1NzllSG92WGp0Zjh6V254N21ya3N3Zno2amY5ZGhrIiwiUXRwbF9Gc0s5WEM1ZnFzMmRZNXNDS1d0T2NHQ1FnYVF6MS1DUFZlZ1htNCIsIlI1RnBTeG15VkdLdU5mTWJDZ3F0dDVhdmNyZGdnenFNaGlubTZOR1Q4Nk0iLCJWT1I3VnllcmpTWXBKYzA1ZUx4UmNQOHB2VXJ4bjVjU2hXTGs4RFhJOXdjIiwiaElPWGJadl9TRUNtZWtPTC12TkFqNlhsZU54VzNXUTFucjVJQU9MY0V6NCIsImhtT2lVN2piOWJmdVVFbnR0MmVpd09LeDdVWG5VSzdKQmVabGFmUEtkU1EiLCJxMUk4aDJpaGtRTHU3QXpUaVhRRnNCMkx3cjlMZ1hfLWpnTm85amhEb3AwIiwieUNlb0Vob1ZmVGFvMHVIUTh3NERYXy1veTNBbU90cE41eTRxN3NiTlpaMCJdLCJfc2RfYWxnIjoic2hhLTI1NiIsImNhbXBhaWduIjoiNmI4ZGNhOTMtZjA0MC00YjU1LWE3ZWItMzhjZjAyYjdhNDk0IiwiY2hlY2tsaXN0IjoiNThkZGM3YWMtOWI4My00NTU2LTk4NzQtNzkwYTRiMzgyOTE4IiwiaWQiOiIwMDQwYTcwNS03YmUxLTQxYmItOWU1Ny01ODkwNTA0ZDI0ZmMiLCJtZWRpYSI6W10sInN1cGVyc2VkZXMiOm51bGwsInVuaXQiOiJlZWI5NTc0Zi1kY2RmLTQxYTUtOTJmZC1kZWZhZjk3MjdmZjAiLCJ2IjoxfQ.83JPQ0gMiELybbf57RExS-8IkHpElJXJvj_x-5OweA2FofabOLywIkgtHYYxhog8W8AktBoZp_lby-Fgr7kR4w~WyI0bDh5WkFRXzg3aVpETkZudk91TDFBIiwiZGF5IiwiMjAyNi0xMC0xNSJd~WyJjOHg4VEVrMjl0dzJZVlVGRUtQcVFnIiwidmlzaXQiLHsib3V0Y29tZSI6ImRvbmUiLCJyZWFzb24iOm51bGx9XQ~WyJ6YUlHS25vdFRXd0RvQzNFQTVSX2lBIiwic2l0ZSIsImI4Y2IwMTBhLWQ0NTMtNDBhNS1hMDEwLTFkMjEwOWYwZTcwNyJd~WyI3cU5zc2pkTUFySkhtZTZfWXY2OXN3Iiwic3ViamVjdCIseyJraW5kIjoid2luZG93IiwibGFiZWwiOiIy5Y-356qX5Y-jIn1d~WyJVeE1wa0dvcGVraWQ0aF9OcGl4b2lBIiwicHJpdmF0ZSIsbnVsbF0~WyJvTkpkRGNFTjJUY1NDY2VIRGtCdkh3IiwiYW5zd2VycyIsW3siaXRlbSI6Im9uX2R1dHkiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImRlcHV0eSIsInZhbHVlIjoibm8ifSx7Iml0ZW0iOiJmaXJzdF9jb250YWN0IiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJ0b2xkX29uY2UiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX3Bhc3Npbmdfb24iLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6InRpbWVfcHJvbWlzZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fb3V0c2lkZV9mZWVzIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJub19mYXZvdXJzIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJhdHRpdHVkZSIsInZhbHVlIjo0fSx7Iml0ZW0iOiJiYWRnZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fcHJpdmF0ZV9tYXR0ZXJzIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJyYXRpbmdfZGV2aWNlIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJjb21wbGFpbnRzX251bWJlciIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiYmFycmllcl9mcmVlIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJ3YWl0aW5nIiwidmFsdWUiOjExfSx7Iml0ZW0iOiJhYnNlbnRfcmVhc29uIiwidmFsdWUiOlsidW5rbm93biJdfV1d~WyJCX1p3MUhUeUxGM3AwMzFvVUdBOHNRIiwicmVtYXJrcyIsW3siaXRlbSI6ImRlcHV0eSIsIm1lZGlhIjpbXSwidGV4dCI6Iueql-WPo-S6uuWRmOemu-W8gOaXtuaXoOS6uumhtuWyl-OAgiJ9XV0~WyJqV3Y0WFBxd3M3RVlTaG1HVXFfQXl3IiwicGxhY2UiLHsiYWNjdXJhY3lfbSI6MTAsImF0IjoiMjAyNi0xMC0xNVQwNzoxMTowMC4wMDBaIiwibGF0X2U3IjoyOTcwMTIyNjAsImxvbl9lNyI6MTE1OTkwMzE4MCwibWVhc3VyZWQiOm51bGwsInNvdXJjZSI6ImdwcyJ9XQ~WyJGZ2UzR1JqMVBVb21GYlNtSjlLZHhBIiwiY2xvY2siLHsiZW5kZWRfYXQiOiIyMDI2LTEwLTE1VDA3OjM2OjAwLjAwMFoiLCJtb25vdG9uaWNfbXMiOjE4MDAwMDAsInN0YXJ0ZWRfYXQiOiIyMDI2LTEwLTE1VDA3OjEwOjAwLjAwMFoiLCJzdWJtaXR0ZWRfYXQiOiIyMDI2LTEwLTE1VDA3OjQwOjAwLjAwMFoifV0~WyJuQkNHa2pPaTVxeTBxMTBJWXptb0lRIiwicmlkZSIsbnVsbF0~WyJHdXh2VkJsd3VYMEFsTUlqT3BwMDhRIiwibWVkaWFfZGV0YWlscyIsW11d~WyJVNGphVk1wMGxKdUhBcEJMUk5zR1VBIiwib3JpZ2luIix7ImFwcCI6ImFuZmFuZy1kZW1vLzEiLCJhc3NpZ25tZW50IjpudWxsLCJrZXlfcHJvdGVjdGlvbiI6Im5vbmUiLCJ0aWNrZXQiOiJleUpoYkdjaU9pSkZVekkxTmlJc0ltdHBaQ0k2SW5FelNIcGZUWHBGV1UxWE4yNW5kSGcyZFVweFQySnhiMkV5WjJKUWMyczBhREU1YUVOdFdtVjVhRUVpTENKMGVYQWlPaUowYVdOclpYUXJhbmQwSW4wLmV5SnViMjVqWlNJNklsSlJlVlJWV1VwSVYyVnhaazVDWDBoYVVUSk9kekkzV2tObFQwMW9OamQzU1VrMk9VOXFjWFo0V25NaUxDSnpaWEoyWlhKZmRHbHRaU0k2SWpJd01qWXRNVEF0TVRWVU1EWTZNekE2TURBdU1EQXdXaUo5LjVVckZqVWViandvRG1mcnQxb3g4eS1EOWgyc2dENHJiUG1jWkpXdjlqVFJRcV9oY3pDc2VfbU9UZThYRHlaV2h4ZHJiT2NDTEVrRHVzTXhORzRVOXhnIiwidXNlcl9hZ2VudCI6ImFuZmFuZy1kZW1vLzEifV0~WyJzdkxaQjRyUklhbUhTVU9FN1dTa0pRIiwibm90ZSIsbnVsbF0~','{"campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494", "checklist": "58ddc7ac-9b83-4556-9874-790a4b382918", "id": "0040a705-7be1-41bb-9e57-5890504d24fc", "media": [], "supersedes": null, "unit": "eeb9574f-dcdf-41a5-92fd-defaf9727ff0", "v": 1}','{"day": "2026-10-15", "visit": {"outcome": "done", "reason": null}, "site": "b8cb010a-d453-40a5-a010-1d2109f0e707", "subject": {"kind": "window", "label": "2\u53f7\u7a97\u53e3"}, "private": null, "answers": [{"item": "on_duty", "value": "yes"}, {"item": "deputy", "value": "no"}, {"item": "first_contact", "value": "yes"}, {"item": "told_once", "value": "yes"}, {"item": "no_passing_on", "value": "yes"}, {"item": "time_promise", "value": "yes"}, {"item": "no_outside_fees", "value": "yes"}, {"item": "no_favours", "value": "yes"}, {"item": "attitude", "value": 4}, {"item": "badge", "value": "yes"}, {"item": "no_private_matters", "value": "yes"}, {"item": "rating_device", "value": "yes"}, {"item": "complaints_number", "value": "yes"}, {"item": "barrier_free", "value": "yes"}, {"item": "waiting", "value": 11}, {"item": "absent_reason", "value": ["unknown"]}], "remarks": [{"item": "deputy", "media": [], "text": "\u7a97\u53e3\u4eba\u5458\u79bb\u5f00\u65f6\u65e0\u4eba\u9876\u5c97\u3002"}], "place": {"accuracy_m": 10, "at": "2026-10-15T07:11:00.000Z", "lat_e7": 297012260, "lon_e7": 1159903180, "measured": null, "source": "gps"}, "clock": {"ended_at": "2026-10-15T07:36:00.000Z", "monotonic_ms": 1800000, "started_at": "2026-10-15T07:10:00.000Z", "submitted_at": "2026-10-15T07:40:00.000Z"}, "ride": null, "media_details": [], "origin": {"app": "anfang-demo/1", "assignment": null, "key_protection": "none", "ticket": "eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJ0aWNrZXQrand0In0.eyJub25jZSI6IlJReVRVWUpIV2VxZk5CX0haUTJOdzI3WkNlT01oNjd3SUk2OU9qcXZ4WnMiLCJzZXJ2ZXJfdGltZSI6IjIwMjYtMTAtMTVUMDY6MzA6MDAuMDAwWiJ9.5UrFjUebjwoDmfrt1ox8y-D9h2sgD4rbPmcZJWv9jTRQq_hczCse_mOTe8XDyZWhxdrbOcCLEkDusMxNG4U9xg", "user_agent": "anfang-demo/1"}, "note": null}','IEj3qSxP2chW7h_Dwnc3cRhT7paM5MrgA35ZiYAcU6s','e5148f55ae36a90feea0ed8c4911884c.Y8hzQEKd2E2_YSsNmhxW5hCsANiQLaVl4FRCP7r7T2_Jx2hg4DBdA4crLRUq725q_CNWj7yLsbA5-kaw8J5ctVAWwlr4z1YhJTNvgbqaptcQwSXQFkUz0OtBdnfRmp3noHBHAISoxOYxmv3oyngIm8cTBcYDJ1Hdfs_NY_COG5LH9EZFWdZ880MY_CFd4W5bun8siJom_qEkaGWILrYLEuc24_-o7Y09cbcSdfoyVcPFWKZj2ED0CMEmQa0Vd9gf5E3X9QU7ooIKbauKEV1WHIFEJr0vn49_T91WoLEf2h6Ikki5btYVfaF9Ea-5_c2yTp3gxlkQ98rPZSnvNmySzPJ-IhIEcCcv4Q79fe8IGDzgnR4KrE6WGUBolaMlEX3eaqUGGtigWnCQ5BKYmmCz6TWVRZ-ciR7oOU6i-eAco9GhOtwpYeH979Am2TMAAFM9C_kZK1bviE8sUxPkEK1uV8QwtEyx7cEEXdt99izPBLx2iuI777qvJP0bpZp5NEtWVaWNM-BeHP6yStOlrybRUBdXnuZhIePExlbeME1UC7OOwBO_OjsPLk1GsTIlTxQCsPKuy7tBBIqmf90mxA','f7e8ee28d3dbfe03574d38d7b3ba45388c18c51b5e10423e5bde5c76353752c1','fa095c4672a89c5767ed35445fbb570267b6efc1316850a03f97913c39574bc7','56cc77c06b5a4465b5ebdf30ebc5a8a5',0,'{"points": 90, "out_of": 100, "covered": 100, "vetoes": [], "failed": ["deputy"], "missing": [], "out_of_range": []}','2026-10-15 08:05:00.000000','2026-10-16 16:00:00.000000','eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJyZWNlaXB0K2p3dCJ9.eyJjZXJ0aWZpY2F0ZV9jb21taXRtZW50IjoiZjdlOGVlMjhkM2RiZmUwMzU3NGQzOGQ3YjNiYTQ1Mzg4YzE4YzUxYjVlMTA0MjNlNWJkZTVjNzYzNTM3NTJjMSIsImNvbXBsZXRlIjp0cnVlLCJsb2dfYnkiOiIyMDI2LTEwLTE2VDE2OjAwOjAwLjAwMFoiLCJtZWRpYSI6W10sInJlY2VpdmVkX2F0IjoiMjAyNi0xMC0xNVQwODowNTowMC4wMDBaIiwicmVjb3JkIjoiMDA0MGE3MDUtN2JlMS00MWJiLTllNTctNTg5MDUwNGQyNGZjIiwicmVjb3JkX3NoYTI1NiI6Ijc2MmIxMTUwZDY0YTNjNDhiMGEyNzEzOTkxZTE0MmM0ZTkxNDhiYzY0NjVmYTEzYTQ3NDcyODdhNThhZGVjZDIifQ.WnubiUnu6Gq76r6F5Pxjr3XAP9pd_2Np0IRSSnsOyadBgkpW2GcJG4Q3BclPugDsC8E2h8PeSioYHsQ99AYMqw','2026-10-15 08:05:00.000000');
INSERT INTO "record_versions" VALUES('8032cf88933239f3998b1b220b1590be652c87cad50bc723b9175e760078be19','8caa7399f4a04b1aa035328dfa49db00',1,NULL,'eyJhbGciOiJFUzI1NiIsImp3ayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImVzY3J6U0dCbGlsWjRMdWJXa2FEcG9KWnFWYWtMazhrUVF1VGF6ZTZDeUkiLCJ5IjoiWnE4MTNwTFlOenFiY2YwSzlaRTZ1WlY2V0xKNUpEWkh2S3N6UzRQMnIzRSJ9LCJ0eXAiOiJpbnNwZWN0aW9uK3NkLWp3dCJ9.eyJfc2QiOlsiMTU5akRFdGlGRVNrSEdwVHVYSi0ybVhTUlBIZ3JuUUYzN2NFdVJaRzlONCIsIjJJTEU4THdzaFpIaVVSbjlPUnVpNjJ1X2xGWjQ4WHFmbnpZOVBGa2hVcnciLCI4aWJOdk9LMlNtS0JNby1UcU1OQ2RyTm9ENW9WN3laSDBGRzNRQm9rX2g0IiwiREtiMHJQNVFpdFExaS14dlRQdFBaX2RuR0puZkUxLUdtSU53dEo3UW9ZTSIsIkRSTnVFcnRZYkhOMEdXOXhlejRWQ0UwYnd2Y0dyMGJ4N1ZaRzloUTZ0TlEiLCJFNXJhZmhJNUQyNlpUeUFsZ255UEotNk9icnRrcmVPT3lrT0dkemxZcWJJIiwiWUZMeWlKVk83dV83WEZxZ1JTcHFlT3FsaFpXdExoQTliZ0JHaV9QUkk5cyIsImFFLVVYWTR5Mkk4b0hUMHREdVVvSDBsQ3p4dmtNN2ZMSE9SbHZ6QzBUQkkiLCJuSHlPakh4ODI4MDhPNlBmbVVnZlFmUmJmVkNzUjZWY0Jhcm4wTU5PWThzIiwibkxzT2RmbkQ5MUx0SXRyczE1MUVUdFN3MFdXYkUwbGtERG1UZmFBUGw5byIsInFDdWtUSXVSc1JTd2V1QlVyOE9XVjdsNEF4dk05UHE5dUxqLVZvbXRxSGciLCJxTGg0TGFJSV92c2oyM2ppcjNGX3JNYlBEMFdxaHVMcjBBS050V3BQb0NZIiwidEV3aV9Tb3lkaVktVTV0cGRxM3I0b0pXellhRENiVGFqeklKU2ozRFpwZyJdLCJfc2RfYWxnIjoic2hhLTI1NiIsImNhbXBhaWduIjoiNmI4ZGNhOTMtZjA0MC00YjU1LWE3ZWItMzhjZjAyYjdhNDk0IiwiY2hlY2tsaXN0IjoiNThkZGM3YWMtOWI4My00NTU2LTk4NzQtNzkwYTRiMzgyOTE4IiwiaWQiOiI4Y2FhNzM5OS1mNGEwLTRiMWEtYTAzNS0zMjhkZmE0OWRiMDAiLCJtZWRpYSI6W10sInN1cGVyc2VkZXMiOm51bGwsInVuaXQiOiJlZWI5NTc0Zi1kY2RmLTQxYTUtOTJmZC1kZWZhZjk3MjdmZjAiLCJ2IjoxfQ.8MJt3CokDdI6oZEWl3NG3zi32lcPMtQF2lbFINpqbxlPnSX7wXk_aiYZ4Jsx19uQgFDuv4RtXKF3FybQZBbgqg~WyJoWUsxUjY3Ny02aGFxaWJEcWlVNElnIiwiZGF5IiwiMjAyNi0xMC0xNyJd~WyJmV1FzdHdZeVIweEZlOGw0c2R5WnBnIiwidmlzaXQiLHsib3V0Y29tZSI6ImRvbmUiLCJyZWFzb24iOm51bGx9XQ~WyJPb2Y1RXg3ckJRalJRc0NPTXVqRWZ3Iiwic2l0ZSIsImI4Y2IwMTBhLWQ0NTMtNDBhNS1hMDEwLTFkMjEwOWYwZTcwNyJd~WyJEblFBcWsxNk9vMDIyM1hpUWhXODRBIiwic3ViamVjdCIseyJraW5kIjoid2luZG93IiwibGFiZWwiOiIz5Y-356qX5Y-jIn1d~WyIzQVVrbzk1cjRCejNpVE1zZ0NuVTZnIiwicHJpdmF0ZSIsbnVsbF0~WyIxMXhlaXdqZGNLUktLbXJIV3ZKc0VnIiwiYW5zd2VycyIsW3siaXRlbSI6Im9uX2R1dHkiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImRlcHV0eSIsInZhbHVlIjoibm8ifSx7Iml0ZW0iOiJmaXJzdF9jb250YWN0IiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJ0b2xkX29uY2UiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX3Bhc3Npbmdfb24iLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6InRpbWVfcHJvbWlzZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fb3V0c2lkZV9mZWVzIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJub19mYXZvdXJzIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJhdHRpdHVkZSIsInZhbHVlIjo0fSx7Iml0ZW0iOiJiYWRnZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fcHJpdmF0ZV9tYXR0ZXJzIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJyYXRpbmdfZGV2aWNlIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJjb21wbGFpbnRzX251bWJlciIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiYmFycmllcl9mcmVlIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJ3YWl0aW5nIiwidmFsdWUiOjE0fSx7Iml0ZW0iOiJhYnNlbnRfcmVhc29uIiwidmFsdWUiOlsidW5rbm93biJdfV1d~WyJ1RHN6R2dpS01vZVZLbkJmcUl6dkt3IiwicmVtYXJrcyIsW3siaXRlbSI6ImRlcHV0eSIsIm1lZGlhIjpbXSwidGV4dCI6Iueql-WPo-S6uuWRmOemu-W8gOaXtuaXoOS6uumhtuWyl-OAgiJ9XV0~WyJPM2psei1PQWFoTGptN3NMQ3diOWRBIiwicGxhY2UiLHsiYWNjdXJhY3lfbSI6MTEsImF0IjoiMjAyNi0xMC0xN1QwMTo1MTowMC4wMDBaIiwibGF0X2U3IjoyOTcwMTIzOTAsImxvbl9lNyI6MTE1OTkwMzI3MCwibWVhc3VyZWQiOm51bGwsInNvdXJjZSI6ImdwcyJ9XQ~WyJpT2VuYUEyTGcwSi0yLW5DNFF4TXVRIiwiY2xvY2siLHsiZW5kZWRfYXQiOiIyMDI2LTEwLTE3VDAyOjE5OjAwLjAwMFoiLCJtb25vdG9uaWNfbXMiOjE5ODAwMDAsInN0YXJ0ZWRfYXQiOiIyMDI2LTEwLTE3VDAxOjUwOjAwLjAwMFoiLCJzdWJtaXR0ZWRfYXQiOiIyMDI2LTEwLTE3VDAyOjIzOjAwLjAwMFoifV0~WyJyOXNMNV9ObzRyT2hxRWI3SjhTUmNRIiwicmlkZSIsbnVsbF0~WyJRMXFpRmlMWjd6WGlsYkRuT1JaUTl3IiwibWVkaWFfZGV0YWlscyIsW11d~WyIzNFRmVk43UVQ2NmF4NEU5WHBlMHFRIiwib3JpZ2luIix7ImFwcCI6ImFuZmFuZy1kZW1vLzEiLCJhc3NpZ25tZW50IjpudWxsLCJrZXlfcHJvdGVjdGlvbiI6Im5vbmUiLCJ0aWNrZXQiOiJleUpoYkdjaU9pSkZVekkxTmlJc0ltdHBaQ0k2SW5FelNIcGZUWHBGV1UxWE4yNW5kSGcyZFVweFQySnhiMkV5WjJKUWMyczBhREU1YUVOdFdtVjVhRUVpTENKMGVYQWlPaUowYVdOclpYUXJhbmQwSW4wLmV5SnViMjVqWlNJNklsYzRURVZoV1RKR1dUZGlUMFk0YjJZM1N6RTRNV2xxTW1oMU1HOUpRakJNU0hwV1FrSnRTWEZDYkVFaUxDSnpaWEoyWlhKZmRHbHRaU0k2SWpJd01qWXRNVEF0TVRkVU1ERTZNVEE2TURBdU1EQXdXaUo5LnMydVRoc0xmVVJ4M1Mzd3ZPMHBkSjJpaTRuMmQzN1FCSFNHV2t4Y09taEltejdIVldwZGhlZWNSZ0RfR3R2ZHh6eGJad1RmZll6VDBDV1k2Xy1jUDJRIiwidXNlcl9hZ2VudCI6ImFuZmFuZy1kZW1vLzEifV0~WyJDYV9UYThWWFB1OUFiS05mRVlBQW5BIiwibm90ZSIsbnVsbF0~','{"campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494", "checklist": "58ddc7ac-9b83-4556-9874-790a4b382918", "id": "8caa7399-f4a0-4b1a-a035-328dfa49db00", "media": [], "supersedes": null, "unit": "eeb9574f-dcdf-41a5-92fd-defaf9727ff0", "v": 1}','{"day": "2026-10-17", "visit": {"outcome": "done", "reason": null}, "site": "b8cb010a-d453-40a5-a010-1d2109f0e707", "subject": {"kind": "window", "label": "3\u53f7\u7a97\u53e3"}, "private": null, "answers": [{"item": "on_duty", "value": "yes"}, {"item": "deputy", "value": "no"}, {"item": "first_contact", "value": "yes"}, {"item": "told_once", "value": "yes"}, {"item": "no_passing_on", "value": "yes"}, {"item": "time_promise", "value": "yes"}, {"item": "no_outside_fees", "value": "yes"}, {"item": "no_favours", "value": "yes"}, {"item": "attitude", "value": 4}, {"item": "badge", "value": "yes"}, {"item": "no_private_matters", "value": "yes"}, {"item": "rating_device", "value": "yes"}, {"item": "complaints_number", "value": "yes"}, {"item": "barrier_free", "value": "yes"}, {"item": "waiting", "value": 14}, {"item": "absent_reason", "value": ["unknown"]}], "remarks": [{"item": "deputy", "media": [], "text": "\u7a97\u53e3\u4eba\u5458\u79bb\u5f00\u65f6\u65e0\u4eba\u9876\u5c97\u3002"}], "place": {"accuracy_m": 11, "at": "2026-10-17T01:51:00.000Z", "lat_e7": 297012390, "lon_e7": 1159903270, "measured": null, "source": "gps"}, "clock": {"ended_at": "2026-10-17T02:19:00.000Z", "monotonic_ms": 1980000, "started_at": "2026-10-17T01:50:00.000Z", "submitted_at": "2026-10-17T02:23:00.000Z"}, "ride": null, "media_details": [], "origin": {"app": "anfang-demo/1", "assignment": null, "key_protection": "none", "ticket": "eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJ0aWNrZXQrand0In0.eyJub25jZSI6Ilc4TEVhWTJGWTdiT0Y4b2Y3SzE4MWlqMmh1MG9JQjBMSHpWQkJtSXFCbEEiLCJzZXJ2ZXJfdGltZSI6IjIwMjYtMTAtMTdUMDE6MTA6MDAuMDAwWiJ9.s2uThsLfURx3S3wvO0pdJ2ii4n2d37QBHSGWkxcOmhImz7HVWpdheecRgD_GtvdxzxbZwTffYzT0CWY6_-cP2Q", "user_agent": "anfang-demo/1"}, "note": null}','eB331Mi3_Ov4AfzoXhXcy5y5FVlIOGzjjwnyLoTckZQ','e5148f55ae36a90feea0ed8c4911884c.Yo6MdhoKgBD3ioW-RP9Db8HF-R1X_nMMkij_vTg5uE4q34UEqfqmfuKMPK_CIboEcO8FrJX0A-_I0F0OYyR7KidHNgN61R-4mcAULEj55dFdSg-0ljLhYT0G3mQ09N5JvnIuM7_Vc29xZOR0i2ZACY_3wMQAjbmWroF-5vhORoyubAV9Px1NxvmGdFpuDpcch9QQR5KG6TbFa8z82nbDV-nWqDwz8danv5NBHxvRjN84q_yoky1I4yPSbSS_5C-f_sUQN2PkBCPe_-J7926RdkopjdeuEAs2r6xSuLeJ5E7V-PpY7lA0rN5cSKCVkMKBj59Ln0HpSKcjcvev1gYsPy0Y186FunteFFdepVrwsnGNbXg9Xy_cQymUF0y7xMUBX9WKYpIu2MU6kNUKgH4UXuR5i2ZPk43tjLdk1IuHVdIJR2kn0qMqj8_FcJDOD8hFYyqHAbIxja3w_EXpsrBI-AW8iIC0Xn-hVGSps2jFpLDo5AN7KU7BpjfT5FiokX81AB4umIfvmU8yGkKifupRziqyOTO9jOlX73318FsE4j3RTswKPABloDn0zxlxEXNtBlcxtF9qWZF5qHCaIg','7745fe26af1a54d96027a6806468f3b5858879f0f533cacb9d468ebc696a775d','0b7454672a5f3070a949bce183aec13b048b039831da41e573589d1f5c0f92bd','932366ce8568466ca20ee8ac83541cf9',0,'{"points": 90, "out_of": 100, "covered": 100, "vetoes": [], "failed": ["deputy"], "missing": [], "out_of_range": []}','2026-10-17 02:48:00.000000','2026-10-18 16:00:00.000000','eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJyZWNlaXB0K2p3dCJ9.eyJjZXJ0aWZpY2F0ZV9jb21taXRtZW50IjoiNzc0NWZlMjZhZjFhNTRkOTYwMjdhNjgwNjQ2OGYzYjU4NTg4NzlmMGY1MzNjYWNiOWQ0NjhlYmM2OTZhNzc1ZCIsImNvbXBsZXRlIjp0cnVlLCJsb2dfYnkiOiIyMDI2LTEwLTE4VDE2OjAwOjAwLjAwMFoiLCJtZWRpYSI6W10sInJlY2VpdmVkX2F0IjoiMjAyNi0xMC0xN1QwMjo0ODowMC4wMDBaIiwicmVjb3JkIjoiOGNhYTczOTktZjRhMC00YjFhLWEwMzUtMzI4ZGZhNDlkYjAwIiwicmVjb3JkX3NoYTI1NiI6IjgwMzJjZjg4OTMzMjM5ZjM5OThiMWIyMjBiMTU5MGJlNjUyYzg3Y2FkNTBiYzcyM2I5MTc1ZTc2MDA3OGJlMTkifQ.ACyozBuGhVpKRkitwOfbpPzatw5Bd7MVyyWh2g3SSOVsv5SBbw502FoZhADZa-f-X9Dg-eZaDiicGgQ7gb2LFw','2026-10-17 02:48:00.000000');
INSERT INTO "record_versions" VALUES('ba7b385436586921f628921c103cee9c3ad51ac8770e5276804c6b4a769b3f76','c92def97023a42879308ccbaaf69ea73',1,NULL,'eyJhbGciOiJFUzI1NiIsImp3ayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6InAyTzZnMUN5R0JOWjUzU1loTlNLSVdFMUo2Vi0tX1BGYk9aZFVNb29ibVkiLCJ5IjoiOFJQYmJrdGR6dWViYXRpWDhoNHlmcmxXa25vYWlyVzdCZ2h3ZFpPLVp4NCJ9LCJ0eXAiOiJpbnNwZWN0aW9uK3NkLWp3dCJ9.eyJfc2QiOlsiNy1CQzFyY0FMQWh2SFhtRGViZzMxaHpqRC1SSk9HbUs3RkNqbWN3X1JqTSIsIjdKX2ozZDFKclh1UElqS3had0N2LXFkdjZleGdUdF9veEgyZk1pbkc4TnMiLCJBYTByOE1Od2tyRjdyZlozUENXYWQtOHp6MmtjNEFxZUhLQkpkLWY3YkFJIiwiQ2NYVUkzU2NNOVo4ZlJpenp4d2w5dFY0dzhDNkhHR0JqQ3E3VXVKTEdxdyIsIkV1XzdGVlMyWmdmZnZRS2lWSVZSekpaZ3pRZ1RQVGc1Wm05NWluR0xYd1kiLCJJQzVPMER3MEZGb2FLQlhmczUzOWRmN2NrYTlOQ1AyVFdJQ0NncVB0Z1M0IiwiWWp3R2pIczRtS0pwQUp0a2xDUllid0FqeXJFcXRlRkhYdFgySEtpNnZyMCIsImM5TktHNVVKZnNuTXVvLTh0c05WSFdtT1dqbGJRc2t6RFpkOVdrUW05ZWMiLCJnbW9sTVd3cVlvVzNtY29WYlZkUS04OEdWQmlVTXJDQ2JRS1NCdmpqYVd3IiwiaHd0aGd5YWlCb0lRbUdUREtVdTJMMjZ1UUdlRTNqeHZ6UUtEbzdjYzBfbyIsImtUdWhacGxlWi1Fcmo4ZjdERy1DSkF2eFpZZk1KampOZEZVMDVBc0oyOXMiLCJsTkt6UEY5T2hDUy14M1p5RnQwcUs2alBtTTBiVkdDaTJzZUpiX2dRMG0wIiwieXZvQVlDcFJvdlBXdXYwZFNTaWxZMjNNRGYxeV96Y1NZVFhWS3g1d3hPUSJdLCJfc2RfYWxnIjoic2hhLTI1NiIsImNhbXBhaWduIjoiNmI4ZGNhOTMtZjA0MC00YjU1LWE3ZWItMzhjZjAyYjdhNDk0IiwiY2hlY2tsaXN0IjoiNThkZGM3YWMtOWI4My00NTU2LTk4NzQtNzkwYTRiMzgyOTE4IiwiaWQiOiJjOTJkZWY5Ny0wMjNhLTQyODctOTMwOC1jY2JhYWY2OWVhNzMiLCJtZWRpYSI6W10sInN1cGVyc2VkZXMiOm51bGwsInVuaXQiOiJlZWI5NTc0Zi1kY2RmLTQxYTUtOTJmZC1kZWZhZjk3MjdmZjAiLCJ2IjoxfQ.pdW_CPJdp56wWpCY6RkTAlWHiH0U7ssSzK72hrpx9r3Jd_2ouMpgDDoaiwPDuyiRFYZO3IsA_gCqNskZIzYgAw~WyI0Z1hybENDUTl3bmNuRDkxQVFmYi1BIiwiZGF5IiwiMjAyNi0xMC0xOCJd~WyJJa1B3bXdrSHFHU0ZSQUNXMjJncG13IiwidmlzaXQiLHsib3V0Y29tZSI6ImRvbmUiLCJyZWFzb24iOm51bGx9XQ~WyJsR1MzR214NElDeVdVQUt0TVVkd053Iiwic2l0ZSIsImI4Y2IwMTBhLWQ0NTMtNDBhNS1hMDEwLTFkMjEwOWYwZTcwNyJd~WyJyYTNocEZlbktVTjc4eXdXNXppSnlnIiwic3ViamVjdCIseyJraW5kIjoid2luZG93IiwibGFiZWwiOiI05Y-356qX5Y-jIn1d~WyJNbHBiTXJMWFJ0NE16ZnBBV1EydnVBIiwicHJpdmF0ZSIsbnVsbF0~WyJrc1RMMkJXak9SdFpwZDl1QWZEamVRIiwiYW5zd2VycyIsW3siaXRlbSI6Im9uX2R1dHkiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImRlcHV0eSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiZmlyc3RfY29udGFjdCIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoidG9sZF9vbmNlIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJub19wYXNzaW5nX29uIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJ0aW1lX3Byb21pc2UiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX291dHNpZGVfZmVlcyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fZmF2b3VycyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiYXR0aXR1ZGUiLCJ2YWx1ZSI6NH0seyJpdGVtIjoiYmFkZ2UiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX3ByaXZhdGVfbWF0dGVycyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoicmF0aW5nX2RldmljZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiY29tcGxhaW50c19udW1iZXIiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImJhcnJpZXJfZnJlZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoid2FpdGluZyIsInZhbHVlIjo1fSx7Iml0ZW0iOiJhYnNlbnRfcmVhc29uIiwidmFsdWUiOiJuYSJ9XV0~WyJidU4teEJ5VnkxTmp5SE1QN3NRc1FRIiwicmVtYXJrcyIsW11d~WyI4VnJHLWFVcUh6a25wSGQ3R3lyc0dnIiwicGxhY2UiLHsiYWNjdXJhY3lfbSI6MTIsImF0IjoiMjAyNi0xMC0xOFQwNjo0MTowMC4wMDBaIiwibGF0X2U3IjoyOTcwMTI1MjAsImxvbl9lNyI6MTE1OTkwMzM2MCwibWVhc3VyZWQiOm51bGwsInNvdXJjZSI6ImdwcyJ9XQ~WyJEemsxcVNhMlk2SHhZQnpLTTZEbFp3IiwiY2xvY2siLHsiZW5kZWRfYXQiOiIyMDI2LTEwLTE4VDA3OjAwOjAwLjAwMFoiLCJtb25vdG9uaWNfbXMiOjE0NDAwMDAsInN0YXJ0ZWRfYXQiOiIyMDI2LTEwLTE4VDA2OjQwOjAwLjAwMFoiLCJzdWJtaXR0ZWRfYXQiOiIyMDI2LTEwLTE4VDA3OjA0OjAwLjAwMFoifV0~WyJzdE5BRVBBaUxBR05IelM1aFNyYlJ3IiwicmlkZSIsbnVsbF0~WyJtQ0dCV29MTXZSYlBmRTNoamtTSVdBIiwibWVkaWFfZGV0YWlscyIsW11d~WyJLUFEzZUxiTUZUVkh3QTctakR3NlVBIiwib3JpZ2luIix7ImFwcCI6ImFuZmFuZy1kZW1vLzEiLCJhc3NpZ25tZW50IjpudWxsLCJrZXlfcHJvdGVjdGlvbiI6Im5vbmUiLCJ0aWNrZXQiOiJleUpoYkdjaU9pSkZVekkxTmlJc0ltdHBaQ0k2SW5FelNIcGZUWHBGV1UxWE4yNW5kSGcyZFVweFQySnhiMkV5WjJKUWMyczBhREU1YUVOdFdtVjVhRUVpTENKMGVYQWlPaUowYVdOclpYUXJhbmQwSW4wLmV5SnViMjVqWlNJNklqbG5kMDFPWHpadE4wbHlWREZrUWxScVdqWm9ObXRFVDFCMk1FVm5URTVGY1MxYWFubEZhSHBYTlUwaUxDSnpaWEoyWlhKZmRHbHRaU0k2SWpJd01qWXRNVEF0TVRoVU1EWTZNREE2TURBdU1EQXdXaUo5Lm5idFU4V3Bub1pudUFJaWg5bU9wdHdFZHgtbUlrQTFqc1dzWlVWRElQYlY2UHZVSzFBb210R0JIMUxmdHJYVXplQ2ItWDFVdFBuazRiQUJ4Rmk2X3lBIiwidXNlcl9hZ2VudCI6ImFuZmFuZy1kZW1vLzEifV0~WyJtOTBXWW5zR1lTYXBHOWlDS0cxb0tBIiwibm90ZSIsbnVsbF0~','{"campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494", "checklist": "58ddc7ac-9b83-4556-9874-790a4b382918", "id": "c92def97-023a-4287-9308-ccbaaf69ea73", "media": [], "supersedes": null, "unit": "eeb9574f-dcdf-41a5-92fd-defaf9727ff0", "v": 1}','{"day": "2026-10-18", "visit": {"outcome": "done", "reason": null}, "site": "b8cb010a-d453-40a5-a010-1d2109f0e707", "subject": {"kind": "window", "label": "4\u53f7\u7a97\u53e3"}, "private": null, "answers": [{"item": "on_duty", "value": "yes"}, {"item": "deputy", "value": "yes"}, {"item": "first_contact", "value": "yes"}, {"item": "told_once", "value": "yes"}, {"item": "no_passing_on", "value": "yes"}, {"item": "time_promise", "value": "yes"}, {"item": "no_outside_fees", "value": "yes"}, {"item": "no_favours", "value": "yes"}, {"item": "attitude", "value": 4}, {"item": "badge", "value": "yes"}, {"item": "no_private_matters", "value": "yes"}, {"item": "rating_device", "value": "yes"}, {"item": "complaints_number", "value": "yes"}, {"item": "barrier_free", "value": "yes"}, {"item": "waiting", "value": 5}, {"item": "absent_reason", "value": "na"}], "remarks": [], "place": {"accuracy_m": 12, "at": "2026-10-18T06:41:00.000Z", "lat_e7": 297012520, "lon_e7": 1159903360, "measured": null, "source": "gps"}, "clock": {"ended_at": "2026-10-18T07:00:00.000Z", "monotonic_ms": 1440000, "started_at": "2026-10-18T06:40:00.000Z", "submitted_at": "2026-10-18T07:04:00.000Z"}, "ride": null, "media_details": [], "origin": {"app": "anfang-demo/1", "assignment": null, "key_protection": "none", "ticket": "eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJ0aWNrZXQrand0In0.eyJub25jZSI6Ijlnd01OXzZtN0lyVDFkQlRqWjZoNmtET1B2MEVnTE5FcS1aanlFaHpXNU0iLCJzZXJ2ZXJfdGltZSI6IjIwMjYtMTAtMThUMDY6MDA6MDAuMDAwWiJ9.nbtU8WpnoZnuAIih9mOptwEdx-mIkA1jsWsZUVDIPbV6PvUK1AomtGBH1LftrXUzeCb-X1UtPnk4bABxFi6_yA", "user_agent": "anfang-demo/1"}, "note": null}','cuSrb1HMc03bhkpL7tm8qTJ4TEKDgIvRU5sFJ9F1nJY','e5148f55ae36a90feea0ed8c4911884c.yy3zuLbu4__RUz753qbcTNIW2mqw3bLFqwAPg1mTPnjErRoKzJIEftGllpHX6ho4Z8iF2VkLfEJqjzR4Kzaf8WotepRU-HJqPmBRtjZusxZkejajIn5Ni2BPwwnTwCVVcCO-U2Ahd7UL2N1qTAqA-gGgtYU8-EHrOxsQ_rjX8K1NMcoaIWUQnEKz32s4W066MXTGFp5fP_4-Q4-cg7pd1vmjBVoucbspdNy4tPl57z7L2o50hvs9IloFcYyXRcWc4-1NSKNhiiSZ4Gp1PBDD1Itk4Zn1rAdVOOleg5ODKfo52qvxoE1WMP_Vv_JG9FdFH5ORfdoHmtDrsEe_MoN42j5l_O2sRUKE4ycaWzWOa5Mtyft3Q3JqY5-Ke9xaErjPgp95A0-0yOEYhW4P0uF20PaWg4oskrFqmCJeraec4jPYmPF5PmqegBsT8Yg_L-XfWv34rLLlV6fbB5p5cg5_IdxVlqsViz4mU6fkCB9-6VustIfe4hbRPoo3Xu8OD5cnBoCIcPILFBGaWuwvLktVcTVsVKa94iGnFrzesnXYZDX-T1RCkAYNuYGpJwLcSGqE5gHcv2QueCAkeU8wIw','50d1754a2266e151e78b3d9c3a1bb123b7390fc636542f6bff98dcceccb9c358','fc7aaaaa1a8982026740d75257972c181ede8a72cfb63af9d4e2688982e60e05','f47da8efaecf4effb965f776bd501c47',0,'{"points": 98, "out_of": 100, "covered": 100, "vetoes": [], "failed": [], "missing": [], "out_of_range": []}','2026-10-18 07:29:00.000000','2026-10-19 16:00:00.000000','eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJyZWNlaXB0K2p3dCJ9.eyJjZXJ0aWZpY2F0ZV9jb21taXRtZW50IjoiNTBkMTc1NGEyMjY2ZTE1MWU3OGIzZDljM2ExYmIxMjNiNzM5MGZjNjM2NTQyZjZiZmY5OGRjY2VjY2I5YzM1OCIsImNvbXBsZXRlIjp0cnVlLCJsb2dfYnkiOiIyMDI2LTEwLTE5VDE2OjAwOjAwLjAwMFoiLCJtZWRpYSI6W10sInJlY2VpdmVkX2F0IjoiMjAyNi0xMC0xOFQwNzoyOTowMC4wMDBaIiwicmVjb3JkIjoiYzkyZGVmOTctMDIzYS00Mjg3LTkzMDgtY2NiYWFmNjllYTczIiwicmVjb3JkX3NoYTI1NiI6ImJhN2IzODU0MzY1ODY5MjFmNjI4OTIxYzEwM2NlZTljM2FkNTFhYzg3NzBlNTI3NjgwNGM2YjRhNzY5YjNmNzYifQ.vNDWip0I3UmFKH_3013HYSVntMcWDhBE6ghqMa_-Q5_nYIiLGA1LBovCuQ1ezFO135noDuuIGKU20sQJ8-SR0w','2026-10-18 07:29:00.000000');
INSERT INTO "record_versions" VALUES('5d9ad474a3753ad61d5603e9c09e14ec3520631d39b18efae6bcc209c4fe6107','065682aaa48641fa9416f7094c952ba4',1,NULL,'eyJhbGciOiJFUzI1NiIsImp3ayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6IkNPcnlFOTB6Nm9vNEN3NGFWRzU2YnI0MVVRZWJyYTU0cWkyMi1PVTVLNnciLCJ5Ijoid0xidmc0cllZbmwzNUptbUxLNjdycWt0ZlpjY1Q1RkhublBlZVJMY0poWSJ9LCJ0eXAiOiJpbnNwZWN0aW9uK3NkLWp3dCJ9.eyJfc2QiOlsiNXY5LXdmUDBKR3VmeUZpWUVaN3J1aUt0OVJXSkkyX3QtdGlLcy0zOHVnbyIsIjlYZ3hUaFllRmF5RTQ1aWJfd3AzUVRrOUF5OUpicXlOb2tEQ2M1SlBybnMiLCJDZTY5cGszbDA5VC1XeFVrNFZ4NnJocUE0Mms0Y3JlWWdZX2NoU2Z3aEZ3IiwiT0YtaUxtYVNVZFZiWGF4SWlYQjN4SFdTNEwwN2d0VGZjNnZJb29zRW4tRSIsIlNoNWFjWFVnejUzNVZqUUFfVnZNOS1paWozVWktbDAxZDd6NURlelRnMWMiLCJYa0U5a21wc01QY2tjdmdNUUt4blhFT0dRTDVjMHRyUUR5djBBRlZzYWpnIiwiWW1wMTJwMHpGeEhRR2ZLZXJ0dU1fcjNvQnJHVXdvQVhnMjlFNnV6ZC1YUSIsImFuWDZhSjV2MWpaN2h4SVQyUlJhaFdOdW5CWkNLUEgwSl9VOW9HdHR0cTgiLCJnajI0YTVyOVVzY0ZBWHNkUG92bXktZnJlWFlBOGs4SjdGOFNrc21jQ2x3IiwiblVjcWg2YmM5dFlBdEdPM0ZRZ1NpcWhVZ1JuWUJkRHRPOGdlNDcxbGxMcyIsInA2dm5INHNWWXpoTW5SWWRjRmhhU3NHbzZDa2lZREZPU2p2cHZVM2JoM2MiLCJ1OFItdHpSVFh6YVJaRnYyaERrSFQySHlpV3NsOTREMlNUblhFb3J6bUIwIiwidUZPMGhZTjhMWHEzUVJpbXVkMUlxUmpEYS10Vm1hUGxwZ3Q0azh2blJvUSJdLCJfc2RfYWxnIjoic2hhLTI1NiIsImNhbXBhaWduIjoiNmI4ZGNhOTMtZjA0MC00YjU1LWE3ZWItMzhjZjAyYjdhNDk0IiwiY2hlY2tsaXN0IjoiNThkZGM3YWMtOWI4My00NTU2LTk4NzQtNzkwYTRiMzgyOTE4IiwiaWQiOiIwNjU2ODJhYS1hNDg2LTQxZmEtOTQxNi1mNzA5NGM5NTJiYTQiLCJtZWRpYSI6W10sInN1cGVyc2VkZXMiOm51bGwsInVuaXQiOiJlZWI5NTc0Zi1kY2RmLTQxYTUtOTJmZC1kZWZhZjk3MjdmZjAiLCJ2IjoxfQ.ZnSkQ_u_2fVtvqqWzfOCFTlCkq1d08iPqq5KDE96X6Efk9sArsrlGdM7RoOqZxiqTVSvJOvE_r5Q8euRejzbGg~WyJkdnRqZVFVcDdMQlpSNjhGdmw3QmpBIiwiZGF5IiwiMjAyNi0xMC0yMCJd~WyJMYWhkc0p3UGo2dFNpVkJpUGhRTmlBIiwidmlzaXQiLHsib3V0Y29tZSI6ImRvbmUiLCJyZWFzb24iOm51bGx9XQ~WyIwMzh0SEpzWVg3d2lxVW9fWnBBcnBRIiwic2l0ZSIsImI4Y2IwMTBhLWQ0NTMtNDBhNS1hMDEwLTFkMjEwOWYwZTcwNyJd~WyJqWVJaQW5HMGc2bUhySDZMOTVGRTJ3Iiwic3ViamVjdCIseyJraW5kIjoid2luZG93IiwibGFiZWwiOiI15Y-356qX5Y-jIn1d~WyJjbTlQZTFrMUZuTEgybzIzZXJCZEVBIiwicHJpdmF0ZSIsbnVsbF0~WyJDU1ZvM1VScDZfMDhVcGNCNS1MRFlRIiwiYW5zd2VycyIsW3siaXRlbSI6Im9uX2R1dHkiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImRlcHV0eSIsInZhbHVlIjoibm8ifSx7Iml0ZW0iOiJmaXJzdF9jb250YWN0IiwidmFsdWUiOiJubyJ9LHsiaXRlbSI6InRvbGRfb25jZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fcGFzc2luZ19vbiIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoidGltZV9wcm9taXNlIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJub19vdXRzaWRlX2ZlZXMiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX2Zhdm91cnMiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImF0dGl0dWRlIiwidmFsdWUiOjR9LHsiaXRlbSI6ImJhZGdlIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJub19wcml2YXRlX21hdHRlcnMiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6InJhdGluZ19kZXZpY2UiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImNvbXBsYWludHNfbnVtYmVyIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJiYXJyaWVyX2ZyZWUiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6IndhaXRpbmciLCJ2YWx1ZSI6MTl9LHsiaXRlbSI6ImFic2VudF9yZWFzb24iLCJ2YWx1ZSI6WyJ1bmtub3duIl19XV0~WyJzQ2FodTQxRXVrV280RE40WU5ZSUNRIiwicmVtYXJrcyIsW3siaXRlbSI6ImRlcHV0eSIsIm1lZGlhIjpbXSwidGV4dCI6Iueql-WPo-S6uuWRmOemu-W8gOaXtuaXoOS6uumhtuWyl-OAgiJ9LHsiaXRlbSI6ImZpcnN0X2NvbnRhY3QiLCJtZWRpYSI6W10sInRleHQiOiLor6Lpl67lhbbku5bkuovpobnvvIznrZTlpI3kuI3muIXmpZrvvIzmnKrlvJXpoobjgIIifV1d~WyIxRXdfQTYwbDRjNkJ5bVVpUkhsXzhRIiwicGxhY2UiLHsiYWNjdXJhY3lfbSI6MTMsImF0IjoiMjAyNi0xMC0yMFQwMzoyMTowMC4wMDBaIiwibGF0X2U3IjoyOTcwMTI2NTAsImxvbl9lNyI6MTE1OTkwMzQ1MCwibWVhc3VyZWQiOm51bGwsInNvdXJjZSI6ImdwcyJ9XQ~WyJNTDZUU1M5YnJndHdiU0RUOUlINk9BIiwiY2xvY2siLHsiZW5kZWRfYXQiOiIyMDI2LTEwLTIwVDAzOjU0OjAwLjAwMFoiLCJtb25vdG9uaWNfbXMiOjIyODAwMDAsInN0YXJ0ZWRfYXQiOiIyMDI2LTEwLTIwVDAzOjIwOjAwLjAwMFoiLCJzdWJtaXR0ZWRfYXQiOiIyMDI2LTEwLTIwVDAzOjU4OjAwLjAwMFoifV0~WyJuRGVQTVRnV1Jta0NEQ3Izck15OHdBIiwicmlkZSIsbnVsbF0~WyJYM3VDcmJEUlNIN2NIaXhWRHpqaW93IiwibWVkaWFfZGV0YWlscyIsW11d~WyJiTDh4UEh4ZVE5UEJsUnN2VmNBQjhRIiwib3JpZ2luIix7ImFwcCI6ImFuZmFuZy1kZW1vLzEiLCJhc3NpZ25tZW50IjpudWxsLCJrZXlfcHJvdGVjdGlvbiI6Im5vbmUiLCJ0aWNrZXQiOiJleUpoYkdjaU9pSkZVekkxTmlJc0ltdHBaQ0k2SW5FelNIcGZUWHBGV1UxWE4yNW5kSGcyZFVweFQySnhiMkV5WjJKUWMyczBhREU1YUVOdFdtVjVhRUVpTENKMGVYQWlPaUowYVdOclpYUXJhbmQwSW4wLmV5SnViMjVqWlNJNklsVlhOMFZhYkdsaFFXSnpXVlo0TFRWRU9XWlBjRmcwY1ZnM1JWQklRMUI1Wm5OcWJIcFNWRWxJWVdNaUxDSnpaWEoyWlhKZmRHbHRaU0k2SWpJd01qWXRNVEF0TWpCVU1ESTZOREE2TURBdU1EQXdXaUo5LkdYOU5QN2VrYXNaSXQxa21EUkxDcHVqNjBxcDFGMHdqUk9TWkIyend5b3hWRWJNZHJyYzg5NXdLdWcxWXdjVlg2LVM1QW9ESGd4Yk9INW1ja3JzczZRIiwidXNlcl9hZ2VudCI6ImFuZmFuZy1kZW1vLzEifV0~WyJndVdfRWIxaFNKTXhmOGcwc3UwOUx3Iiwibm90ZSIsbnVsbF0~','{"campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494", "checklist": "58ddc7ac-9b83-4556-9874-790a4b382918", "id": "065682aa-a486-41fa-9416-f7094c952ba4", "media": [], "supersedes": null, "unit": "eeb9574f-dcdf-41a5-92fd-defaf9727ff0", "v": 1}','{"day": "2026-10-20", "visit": {"outcome": "done", "reason": null}, "site": "b8cb010a-d453-40a5-a010-1d2109f0e707", "subject": {"kind": "window", "label": "5\u53f7\u7a97\u53e3"}, "private": null, "answers": [{"item": "on_duty", "value": "yes"}, {"item": "deputy", "value": "no"}, {"item": "first_contact", "value": "no"}, {"item": "told_once", "value": "yes"}, {"item": "no_passing_on", "value": "yes"}, {"item": "time_promise", "value": "yes"}, {"item": "no_outside_fees", "value": "yes"}, {"item": "no_favours", "value": "yes"}, {"item": "attitude", "value": 4}, {"item": "badge", "value": "yes"}, {"item": "no_private_matters", "value": "yes"}, {"item": "rating_device", "value": "yes"}, {"item": "complaints_number", "value": "yes"}, {"item": "barrier_free", "value": "yes"}, {"item": "waiting", "value": 19}, {"item": "absent_reason", "value": ["unknown"]}], "remarks": [{"item": "deputy", "media": [], "text": "\u7a97\u53e3\u4eba\u5458\u79bb\u5f00\u65f6\u65e0\u4eba\u9876\u5c97\u3002"}, {"item": "first_contact", "media": [], "text": "\u8be2\u95ee\u5176\u4ed6\u4e8b\u9879\uff0c\u7b54\u590d\u4e0d\u6e05\u695a\uff0c\u672a\u5f15\u9886\u3002"}], "place": {"accuracy_m": 13, "at": "2026-10-20T03:21:00.000Z", "lat_e7": 297012650, "lon_e7": 1159903450, "measured": null, "source": "gps"}, "clock": {"ended_at": "2026-10-20T03:54:00.000Z", "monotonic_ms": 2280000, "started_at": "2026-10-20T03:20:00.000Z", "submitted_at": "2026-10-20T03:58:00.000Z"}, "ride": null, "media_details": [], "origin": {"app": "anfang-demo/1", "assignment": null, "key_protection": "none", "ticket": "eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJ0aWNrZXQrand0In0.eyJub25jZSI6IlVXN0VabGlhQWJzWVZ4LTVEOWZPcFg0cVg3RVBIQ1B5ZnNqbHpSVElIYWMiLCJzZXJ2ZXJfdGltZSI6IjIwMjYtMTAtMjBUMDI6NDA6MDAuMDAwWiJ9.GX9NP7ekasZIt1kmDRLCpuj60qp1F0wjROSZB2zwyoxVEbMdrrc895wKug1YwcVX6-S5AoDHgxbOH5mckrss6Q", "user_agent": "anfang-demo/1"}, "note": null}','2hDTAD1OKI2Jy7h71wNlWH6iY4HhaN_PQs4O3jHfYLY','e5148f55ae36a90feea0ed8c4911884c.MXD6OgA4s-mtxydzyoMWCi7X_x-Va2Hx6OBAdJhlgEY7A2eAzOFGP7Z4nicNyE26ywAX5K6gV_PlMJD9Ru_ittu--YjxzdpW3-AQgLw-opRyinHBV08sC3wu5wrqrjlib8IJwy3XuueYDHlv3S2mfs6t65X7zoNTozcAVKNmbhmcI7CQ570YRsOjpGZVsYH6J8SUtnvBY5a05d0ze0LCw8FeGsLafuTyHmzPL4Lc8psTw0RnqYqor2v8WGbf6CbUChGXaBWVsRxn9BKbeY3ptZ3IPbIhZ1-SbjQMRA7VDor3Pi54cJe1t4v1CoJgn3JheOObr_8S1tfEtgRGNlW751YmQqI4PzV_uIIfOtFz4cVo21ETk_osUddhtsY6Xher5oiUpY6jES1X5F1Gjg9jhLiU-z1uT33VxakJX4LenI1XyKa4H7UAIFVvAabiFrq-a0ABNkU8_J9DRfHB_V5fq1jGnvW71IrTON9mILiwTEUkaETTcd-lZHiNTLvk-ZwtUo5Z9423olb4tYQdzKiT-RXkqmC-MpGM20FETr99_Axcm9w6IQIRRqkUqIjA6WYranpiFeSyZc6SYCxqJg','5aa788416a9272915d0a95e513fa9b5e3490840649fd75d3e244f02cabc96637','5ef0bac749290fda9ab20ba4e29e1513c21f0af9d5d1954536cf76f4e13248ea','56cc77c06b5a4465b5ebdf30ebc5a8a5',0,'{"points": 80, "out_of": 100, "covered": 100, "vetoes": [], "failed": ["deputy", "first_contact"], "missing": [], "out_of_range": []}','2026-10-20 04:23:00.000000','2026-10-21 16:00:00.000000','eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJyZWNlaXB0K2p3dCJ9.eyJjZXJ0aWZpY2F0ZV9jb21taXRtZW50IjoiNWFhNzg4NDE2YTkyNzI5MTVkMGE5NWU1MTNmYTliNWUzNDkwODQwNjQ5ZmQ3NWQzZTI0NGYwMmNhYmM5NjYzNyIsImNvbXBsZXRlIjp0cnVlLCJsb2dfYnkiOiIyMDI2LTEwLTIxVDE2OjAwOjAwLjAwMFoiLCJtZWRpYSI6W10sInJlY2VpdmVkX2F0IjoiMjAyNi0xMC0yMFQwNDoyMzowMC4wMDBaIiwicmVjb3JkIjoiMDY1NjgyYWEtYTQ4Ni00MWZhLTk0MTYtZjcwOTRjOTUyYmE0IiwicmVjb3JkX3NoYTI1NiI6IjVkOWFkNDc0YTM3NTNhZDYxZDU2MDNlOWMwOWUxNGVjMzUyMDYzMWQzOWIxOGVmYWU2YmNjMjA5YzRmZTYxMDcifQ.xWZyiE2drPphPfpzcLUCyrMYBqUeQx9FTsA5XhRkOsD3Bg2xEAn2CPBBC5qC_NujhmaNbnANnHHYoPlRlpLqCw','2026-10-20 04:23:00.000000');
INSERT INTO "record_versions" VALUES('f3db883969745f74250f3fbadc8da05242fa245cf13148d0759157e4a49d3097','d1b571fb345143b3b902f57bb305ba30',1,NULL,'eyJhbGciOiJFUzI1NiIsImp3ayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6IkxFel9jcmh4ZDRha3Z1TndHZGtreV9oYjNlQ3psejBaaVdKbXRtYVVxNTgiLCJ5IjoiY1FPNDRnRHd0NTJFUGxfcGdFMzJNNWE0RjdTeEE5U1lEc0k0QldsOVdxZyJ9LCJ0eXAiOiJpbnNwZWN0aW9uK3NkLWp3dCJ9.eyJfc2QiOlsiM3o1aWNtV1hvR196RjdfeGxrSWtDZXVNcmtnc0NUWXJUU21MblJBeUQ2YyIsIjdKbXhaV01mLWFhSGtfajBpYVZoT29Ec2ExNzRCRl9NUGh4amluN3NZU1UiLCI4dURuZFBYdlRsallSdjZmd3FhTXM4NERFQ3BBa1kxNjZOMWVodWRHWXRBIiwiRWc1bGlfSHFGQXlhak9JTUlKRXhoOWZCUXZOM0JTTXU4SnVKaGNnS0lOayIsIkc3dFR4MTRvVDFqZUktTEMza0I3c3pxZ0pzYmVpWEF6X1ZfcEZCY1NFbjQiLCJHS21id3JoNGtQR1pyZXhYMzYtM204R25uc2xkWHRtTlJTV1kyS0lWS09ZIiwiSU5LZG42aVM0Rko1d2J4b1NMS3VCdURfV1cyTTUzaE5NX3Nib1d3SUpkSSIsIk9EeE5nSmxmVzJhYnl3NzdTUVViNTN3U2hmR1k3ZVFhNXNpUm1kLTEwMmciLCJhSWxUc3pMek40NWVNQXFkT1I4MU5oR1FUNEhQTHlGU203Mmh2dFU4a3drIiwiY0kxaEtZM09TZXp6NlJBTWhVdDhXWWkwRm9uUER1MzY2SjZZMkVlX1Q2TSIsImhaaHFuUlhMcFFqdmdLZGpYRzVZM1F1QUpCeHJRV1RpcE1EYzFMM2drQmsiLCJyRklMVFk0LWthY19NaF9XUmR0SkhGMFNFc3hQb2oxX2pVbzR4MUVEUGs4Iiwic20tQ1FsMFg3dmotYzRLMkVqcm4xYTZBNnhRYUx5N284WkxPTDF2YUx2MCJdLCJfc2RfYWxnIjoic2hhLTI1NiIsImNhbXBhaWduIjoiNmI4ZGNhOTMtZjA0MC00YjU1LWE3ZWItMzhjZjAyYjdhNDk0IiwiY2hlY2tsaXN0IjoiNThkZGM3YWMtOWI4My00NTU2LTk4NzQtNzkwYTRiMzgyOTE4IiwiaWQiOiJkMWI1NzFmYi0zNDUxLTQzYjMtYjkwMi1mNTdiYjMwNWJhMzAiLCJtZWRpYSI6W10sInN1cGVyc2VkZXMiOm51bGwsInVuaXQiOiJlZWI5NTc0Zi1kY2RmLTQxYTUtOTJmZC1kZWZhZjk3MjdmZjAiLCJ2IjoxfQ.po2hCzT_IPkgww8xuRAaYgsx_2QO3eNFyrZVHMB45z8Pd2SISHhb_Iebbxf1nxkA4qwXs5qAVhPG_fliTVL3-w~WyJ4MzUySjQ0RnpPYURRQXRHZXlIN2NBIiwiZGF5IiwiMjAyNi0xMC0yMSJd~WyJ3bFZSMlA2c0lyMHdoem44VVZwSjJRIiwidmlzaXQiLHsib3V0Y29tZSI6ImRvbmUiLCJyZWFzb24iOm51bGx9XQ~WyJkMWFneDRFa2lLVS03SXh6RnBPRzlnIiwic2l0ZSIsImI4Y2IwMTBhLWQ0NTMtNDBhNS1hMDEwLTFkMjEwOWYwZTcwNyJd~WyJ1OWxMa0tQeGNjdDVuUnQzOGNkcUR3Iiwic3ViamVjdCIseyJraW5kIjoid2luZG93IiwibGFiZWwiOiI25Y-356qX5Y-jIn1d~WyItQjdqMlo5U01MVzVrV2toVUxLS2lRIiwicHJpdmF0ZSIsbnVsbF0~WyI0bjdUM1hUSWtNMGdnNlgwRmVRcnBRIiwiYW5zd2VycyIsW3siaXRlbSI6Im9uX2R1dHkiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImRlcHV0eSIsInZhbHVlIjoibm8ifSx7Iml0ZW0iOiJmaXJzdF9jb250YWN0IiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJ0b2xkX29uY2UiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX3Bhc3Npbmdfb24iLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6InRpbWVfcHJvbWlzZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fb3V0c2lkZV9mZWVzIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJub19mYXZvdXJzIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJhdHRpdHVkZSIsInZhbHVlIjo0fSx7Iml0ZW0iOiJiYWRnZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fcHJpdmF0ZV9tYXR0ZXJzIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJyYXRpbmdfZGV2aWNlIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJjb21wbGFpbnRzX251bWJlciIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiYmFycmllcl9mcmVlIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJ3YWl0aW5nIiwidmFsdWUiOjd9LHsiaXRlbSI6ImFic2VudF9yZWFzb24iLCJ2YWx1ZSI6WyJ1bmtub3duIl19XV0~WyJzMVFWb1dzM0tmYkdObkZhSXFleldBIiwicmVtYXJrcyIsW3siaXRlbSI6ImRlcHV0eSIsIm1lZGlhIjpbXSwidGV4dCI6Iueql-WPo-S6uuWRmOemu-W8gOaXtuaXoOS6uumhtuWyl-OAgiJ9XV0~WyI1MHFvRVNjWEVLNmNDX0pNVVljYkZRIiwicGxhY2UiLHsiYWNjdXJhY3lfbSI6MTQsImF0IjoiMjAyNi0xMC0yMVQwODowNjowMC4wMDBaIiwibGF0X2U3IjoyOTcwMTI3ODAsImxvbl9lNyI6MTE1OTkwMzU0MCwibWVhc3VyZWQiOm51bGwsInNvdXJjZSI6ImdwcyJ9XQ~WyJKRFFadFRTWmViTEFmcDdDUUQxRnlnIiwiY2xvY2siLHsiZW5kZWRfYXQiOiIyMDI2LTEwLTIxVDA4OjI3OjAwLjAwMFoiLCJtb25vdG9uaWNfbXMiOjE1NjAwMDAsInN0YXJ0ZWRfYXQiOiIyMDI2LTEwLTIxVDA4OjA1OjAwLjAwMFoiLCJzdWJtaXR0ZWRfYXQiOiIyMDI2LTEwLTIxVDA4OjMxOjAwLjAwMFoifV0~WyJUaUE5LXRGX3c4VS1saS16dzJBNEF3IiwicmlkZSIsbnVsbF0~WyJieVRsYkVRUnFsSXQ2QWYxdkFrdGV3IiwibWVkaWFfZGV0YWlscyIsW11d~WyI2dHoyY0JPaUdEeFhlR1ptRUZ6Q2J3Iiwib3JpZ2luIix7ImFwcCI6ImFuZmFuZy1kZW1vLzEiLCJhc3NpZ25tZW50IjpudWxsLCJrZXlfcHJvdGVjdGlvbiI6Im5vbmUiLCJ0aWNrZXQiOiJleUpoYkdjaU9pSkZVekkxTmlJc0ltdHBaQ0k2SW5FelNIcGZUWHBGV1UxWE4yNW5kSGcyZFVweFQySnhiMkV5WjJKUWMyczBhREU1YUVOdFdtVjVhRUVpTENKMGVYQWlPaUowYVdOclpYUXJhbmQwSW4wLmV5SnViMjVqWlNJNklpMDFWRlIwWjA4eFZFbE5jbEpJTjNVd1prTTJXbWhYU0dWamJtYzFWWGRuYkhreU16WnRTMEpyVTFFaUxDSnpaWEoyWlhKZmRHbHRaU0k2SWpJd01qWXRNVEF0TWpGVU1EYzZNalU2TURBdU1EQXdXaUo5LlR1QklRVzA2bXVyaFhkeHBUaVBHZEtmUFVIVHJWaXdkVWh5OGJ6T0IycUpVTDdiak80R1RWX3Nub3VjNTNLeVpjUjR0ZXNLWjNhTF91UG9laWpGbGdRIiwidXNlcl9hZ2VudCI6ImFuZmFuZy1kZW1vLzEifV0~WyJaWkNqZzM1b0Nkc2x6a1VJeGZTeTJnIiwibm90ZSIsbnVsbF0~','{"campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494", "checklist": "58ddc7ac-9b83-4556-9874-790a4b382918", "id": "d1b571fb-3451-43b3-b902-f57bb305ba30", "media": [], "supersedes": null, "unit": "eeb9574f-dcdf-41a5-92fd-defaf9727ff0", "v": 1}','{"day": "2026-10-21", "visit": {"outcome": "done", "reason": null}, "site": "b8cb010a-d453-40a5-a010-1d2109f0e707", "subject": {"kind": "window", "label": "6\u53f7\u7a97\u53e3"}, "private": null, "answers": [{"item": "on_duty", "value": "yes"}, {"item": "deputy", "value": "no"}, {"item": "first_contact", "value": "yes"}, {"item": "told_once", "value": "yes"}, {"item": "no_passing_on", "value": "yes"}, {"item": "time_promise", "value": "yes"}, {"item": "no_outside_fees", "value": "yes"}, {"item": "no_favours", "value": "yes"}, {"item": "attitude", "value": 4}, {"item": "badge", "value": "yes"}, {"item": "no_private_matters", "value": "yes"}, {"item": "rating_device", "value": "yes"}, {"item": "complaints_number", "value": "yes"}, {"item": "barrier_free", "value": "yes"}, {"item": "waiting", "value": 7}, {"item": "absent_reason", "value": ["unknown"]}], "remarks": [{"item": "deputy", "media": [], "text": "\u7a97\u53e3\u4eba\u5458\u79bb\u5f00\u65f6\u65e0\u4eba\u9876\u5c97\u3002"}], "place": {"accuracy_m": 14, "at": "2026-10-21T08:06:00.000Z", "lat_e7": 297012780, "lon_e7": 1159903540, "measured": null, "source": "gps"}, "clock": {"ended_at": "2026-10-21T08:27:00.000Z", "monotonic_ms": 1560000, "started_at": "2026-10-21T08:05:00.000Z", "submitted_at": "2026-10-21T08:31:00.000Z"}, "ride": null, "media_details": [], "origin": {"app": "anfang-demo/1", "assignment": null, "key_protection": "none", "ticket": "eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJ0aWNrZXQrand0In0.eyJub25jZSI6Ii01VFR0Z08xVElNclJIN3UwZkM2WmhXSGVjbmc1VXdnbHkyMzZtS0JrU1EiLCJzZXJ2ZXJfdGltZSI6IjIwMjYtMTAtMjFUMDc6MjU6MDAuMDAwWiJ9.TuBIQW06murhXdxpTiPGdKfPUHTrViwdUhy8bzOB2qJUL7bjO4GTV_snouc53KyZcR4tesKZ3aL_uPoeijFlgQ", "user_agent": "anfang-demo/1"}, "note": null}','UGEnkpZkmrrZA-cQZ9pUMyTc06n9hYO14AfNF2lCEOE','e5148f55ae36a90feea0ed8c4911884c.QvENSLOyEKudqoFyN_eWFgoiHbmQnCmdjcmCswYbbCAvL8NeEJZaKHE-yQbEelkT8GkkOu-m620PEATEVJI4ogFsHR96NDFb7SZSh555_pe2-fmNy_5hFetBmE9H9evrHrK1o2N33a-KIOraQ5fYltn3eo2F8Gl59xBUETVY6tOpgkCJB30ZkjBtpVALQD5_vVViRGq_zw75Xe3LpdsMWTqRbQ4REeyHG_6gjJ-R6ZmTvtRdI49ig7MfdL81c7othWOLpF7ZJHzyaVoqnM61ArWeHtq12twfr9kWH-hK4kKLzBTnb4lnWpTgD_FCv1AtuerOSmgd-3cFrqkNz4ziDQF3PFOwipNGukBpqXd_IRBsi1duK3OvgLpHH386vGYjxEgpIMnxcAZbnlEw0dWtO9OwxiuYbcdjyfgxfyu4FUjexAOgn3a-zg3UbYlmedduYjtOyKTgt0p88k34-GHdXA_WBuA42ctRA1EfZ7v2iWhx0YjBNrTNW1njTQrtOQ3L1xkvqt4zyvMULDM0dclkC8RpSGOtswSKt36ZfDqC1tyeIPtZ6YU75s4B-0mYmfl70uki6qNehpg7-fjjfA','a82100dc2e7787bcf88d970ade0b12b0d575436e975c5067f808dff08b27c4e4','d3bbb107415c2b5b24f5442b70f2051cae5b2040bcab27b853cf0fd69a9533be','932366ce8568466ca20ee8ac83541cf9',0,'{"points": 90, "out_of": 100, "covered": 100, "vetoes": [], "failed": ["deputy"], "missing": [], "out_of_range": []}','2026-10-21 08:56:00.000000','2026-10-22 16:00:00.000000','eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJyZWNlaXB0K2p3dCJ9.eyJjZXJ0aWZpY2F0ZV9jb21taXRtZW50IjoiYTgyMTAwZGMyZTc3ODdiY2Y4OGQ5NzBhZGUwYjEyYjBkNTc1NDM2ZTk3NWM1MDY3ZjgwOGRmZjA4YjI3YzRlNCIsImNvbXBsZXRlIjp0cnVlLCJsb2dfYnkiOiIyMDI2LTEwLTIyVDE2OjAwOjAwLjAwMFoiLCJtZWRpYSI6W10sInJlY2VpdmVkX2F0IjoiMjAyNi0xMC0yMVQwODo1NjowMC4wMDBaIiwicmVjb3JkIjoiZDFiNTcxZmItMzQ1MS00M2IzLWI5MDItZjU3YmIzMDViYTMwIiwicmVjb3JkX3NoYTI1NiI6ImYzZGI4ODM5Njk3NDVmNzQyNTBmM2ZiYWRjOGRhMDUyNDJmYTI0NWNmMTMxNDhkMDc1OTE1N2U0YTQ5ZDMwOTcifQ.gQaSsIUzDsEKmXM7UJNYvUKJZ-BCqOkb6Q_eP0YlXzT8NegRJoAs6QC7qcPYWV7Jh5f0jmd4oMs27DP1EZ8mqA','2026-10-21 08:56:00.000000');
INSERT INTO "record_versions" VALUES('d3ff405abed458925bbf13d9fdc04df71ba8846d7586f2de33dc2033a8d0710a','755009c2a241408d9c84d7e39ae36e6f',1,NULL,'eyJhbGciOiJFUzI1NiIsImp3ayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6Ilppd3NRUWRlSGNzV0Z1dDJMc1NSRlBDNzJsT2pkZGVUYUtGNHJHQWM1R2siLCJ5IjoiRmJNaU95YVd1NmR4MGRqOE1mcTlsS29VRDZELVdnb08zUDlndWJmM21tRSJ9LCJ0eXAiOiJpbnNwZWN0aW9uK3NkLWp3dCJ9.eyJfc2QiOlsiNUVmSWN4enJyYW84NkJsdGJCRm5RVzFmbzVNeUxLQTFOVFNxeFRwTHAxVSIsIk5VVDR3OVZtOFA3NzdvYUZsTUJaMzVsMEFkVDg1ZHJwZUlBNXdJdVBYX2ciLCJQZjVxWE13MDhzLVJwRFA4MHJSam5udW1BYzNOUHpTcEJvb1k1aUdVUEVVIiwiVENReHFmX3RfZy1wbDRVV2lYelFiRnZzMXM0Rkw0SnNXVGhyVmZRM2FSVSIsIlRPMFhUbjF4MVFYYjVQUkpHODBCRkZ1bXVkNmduU29PamRNYXJJaEpWVjQiLCJWTXNIUXJhbENrZ2pjWnNVMndqZmVLeWstdmNuNDQtaTNjNktyMkxwQV9vIiwiVzlRdlQ2ejZwSXlZLWt2ZldvRExWdkMzY0RPTy1BMndPR3lUS0htT2UwYyIsIl9XV24yaDJnTVAteUNIQW02Nk1ieFJCVkZ5NWpsdzRjcWJpZUljRGhPNUkiLCJlQmtwOGcxU3NDdTlZRFRtTDdVTkVPTVpIU1hjYi1qU1RlTFY3eldKQUtrIiwia3UzNDdJb20teVlFZEZSRnQwem1WVXJ5ZmhCbUdROXVEMEdHcHpPeGxCMCIsInFCaFFzVkF3RHBwNWxYdjhXTEk5d25nMkNQbktrOWxtRHBiUHZfbkVBSVUiLCJ1blpQOVNyNlhBeGQyLTdvbkpiSjVEaThCN1dia1BkMFlJYlE4UDRnVE80IiwieDBKdm9ITDRMVnNMLTNaQ3ZuaF9HbGNLcTBONU1hOWpPUENGUEdLQnY4USJdLCJfc2RfYWxnIjoic2hhLTI1NiIsImNhbXBhaWduIjoiNmI4ZGNhOTMtZjA0MC00YjU1LWE3ZWItMzhjZjAyYjdhNDk0IiwiY2hlY2tsaXN0IjoiNThkZGM3YWMtOWI4My00NTU2LTk4NzQtNzkwYTRiMzgyOTE4IiwiaWQiOiI3NTUwMDljMi1hMjQxLTQwOGQtOWM4NC1kN2UzOWFlMzZlNmYiLCJtZWRpYSI6W10sInN1cGVyc2VkZXMiOm51bGwsInVuaXQiOiJlZWI5NTc0Zi1kY2RmLTQxYTUtOTJmZC1kZWZhZjk3MjdmZjAiLCJ2IjoxfQ.EF2DLgoyMDeqU5xb8zhvS-0-GVgWk383Eu3NgV68f8SbGJzAIDJycyxWgJNXuqwTPA6R7JZcSMeHwmgpisW5Ow~WyIzLVppUk96cmFQM3g5Zy1KZ3JmSGlBIiwiZGF5IiwiMjAyNi0xMC0yMyJd~WyJBS2ZobU0zNjJvZzNKVzZENlNWWm9RIiwidmlzaXQiLHsib3V0Y29tZSI6ImRvbmUiLCJyZWFzb24iOm51bGx9XQ~WyJZelcyOHJJZXZUWGgtbGUtUWgzVktnIiwic2l0ZSIsImI4Y2IwMTBhLWQ0NTMtNDBhNS1hMDEwLTFkMjEwOWYwZTcwNyJd~WyJCVi1na1N0NWhHamMwX3hjNktuMU1nIiwic3ViamVjdCIseyJraW5kIjoid2luZG93IiwibGFiZWwiOiI35Y-356qX5Y-jIn1d~WyI4aU90RnkwMXE2TTdEa1MyaWxWak93IiwicHJpdmF0ZSIsbnVsbF0~WyJORUE4NUJyRlkwWW1NaUN0M2NUdDd3IiwiYW5zd2VycyIsW3siaXRlbSI6Im9uX2R1dHkiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImRlcHV0eSIsInZhbHVlIjoibm8ifSx7Iml0ZW0iOiJmaXJzdF9jb250YWN0IiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJ0b2xkX29uY2UiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX3Bhc3Npbmdfb24iLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6InRpbWVfcHJvbWlzZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fb3V0c2lkZV9mZWVzIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJub19mYXZvdXJzIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJhdHRpdHVkZSIsInZhbHVlIjo0fSx7Iml0ZW0iOiJiYWRnZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fcHJpdmF0ZV9tYXR0ZXJzIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJyYXRpbmdfZGV2aWNlIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJjb21wbGFpbnRzX251bWJlciIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiYmFycmllcl9mcmVlIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJ3YWl0aW5nIiwidmFsdWUiOjEyfSx7Iml0ZW0iOiJhYnNlbnRfcmVhc29uIiwidmFsdWUiOlsidW5rbm93biJdfV1d~WyJwQXpkY0ZRUS1LTHlyUHQwMExVVjRRIiwicmVtYXJrcyIsW3siaXRlbSI6ImRlcHV0eSIsIm1lZGlhIjpbXSwidGV4dCI6Iueql-WPo-S6uuWRmOemu-W8gOaXtuaXoOS6uumhtuWyl-OAgiJ9XV0~WyJGYWgydVRyR2xjR0IwZkdWa0dxMm1nIiwicGxhY2UiLHsiYWNjdXJhY3lfbSI6MTUsImF0IjoiMjAyNi0xMC0yM1QwMTozMTowMC4wMDBaIiwibGF0X2U3IjoyOTcwMTI5MTAsImxvbl9lNyI6MTE1OTkwMzYzMCwibWVhc3VyZWQiOm51bGwsInNvdXJjZSI6ImdwcyJ9XQ~WyJneUZCZTdCMk5wdmhPYnBPTWhhSEpnIiwiY2xvY2siLHsiZW5kZWRfYXQiOiIyMDI2LTEwLTIzVDAxOjU3OjAwLjAwMFoiLCJtb25vdG9uaWNfbXMiOjE4NjAwMDAsInN0YXJ0ZWRfYXQiOiIyMDI2LTEwLTIzVDAxOjMwOjAwLjAwMFoiLCJzdWJtaXR0ZWRfYXQiOiIyMDI2LTEwLTIzVDAyOjAxOjAwLjAwMFoifV0~WyJHQTVCRV90bUpmVFlmQWhrNWdLbU53IiwicmlkZSIsbnVsbF0~WyJNenR2WlJYTUpaSDdQM1J5QlA2ajBRIiwibWVkaWFfZGV0YWlscyIsW11d~WyI1dFNyaVVFWTZYYkpoX1dTejJOWlR3Iiwib3JpZ2luIix7ImFwcCI6ImFuZmFuZy1kZW1vLzEiLCJhc3NpZ25tZW50IjpudWxsLCJrZXlfcHJvdGVjdGlvbiI6Im5vbmUiLCJ0aWNrZXQiOiJleUpoYkdjaU9pSkZVekkxTmlJc0ltdHBaQ0k2SW5FelNIcGZUWHBGV1UxWE4yNW5kSGcyZFVweFQySnhiMkV5WjJKUWMyczBhREU1YUVOdFdtVjVhRUVpTENKMGVYQWlPaUowYVdOclpYUXJhbmQwSW4wLmV5SnViMjVqWlNJNkluWTNMVXN5UlRoc2JuSnBUSGczVGkwNFlrRkpWSHBmYURGU1RucHphakZFVDNSQmNXSnZkbTFxWkhNaUxDSnpaWEoyWlhKZmRHbHRaU0k2SWpJd01qWXRNVEF0TWpOVU1EQTZOVEE2TURBdU1EQXdXaUo5LkphNXJkQVdjZlNwTnh5STBEZlR1dUVXSFFfa1F0RU5sUzJtc3ozbFQ2bE5xTWVEZ3ZlOW1idVJuOU5JcHlUdFlXZzdKWGRIbmlZUjliU1dkMm95SWdRIiwidXNlcl9hZ2VudCI6ImFuZmFuZy1kZW1vLzEifV0~WyIyTTZVOVlaQmRMbEFsbWxfZlNIY1lBIiwibm90ZSIsbnVsbF0~','{"campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494", "checklist": "58ddc7ac-9b83-4556-9874-790a4b382918", "id": "755009c2-a241-408d-9c84-d7e39ae36e6f", "media": [], "supersedes": null, "unit": "eeb9574f-dcdf-41a5-92fd-defaf9727ff0", "v": 1}','{"day": "2026-10-23", "visit": {"outcome": "done", "reason": null}, "site": "b8cb010a-d453-40a5-a010-1d2109f0e707", "subject": {"kind": "window", "label": "7\u53f7\u7a97\u53e3"}, "private": null, "answers": [{"item": "on_duty", "value": "yes"}, {"item": "deputy", "value": "no"}, {"item": "first_contact", "value": "yes"}, {"item": "told_once", "value": "yes"}, {"item": "no_passing_on", "value": "yes"}, {"item": "time_promise", "value": "yes"}, {"item": "no_outside_fees", "value": "yes"}, {"item": "no_favours", "value": "yes"}, {"item": "attitude", "value": 4}, {"item": "badge", "value": "yes"}, {"item": "no_private_matters", "value": "yes"}, {"item": "rating_device", "value": "yes"}, {"item": "complaints_number", "value": "yes"}, {"item": "barrier_free", "value": "yes"}, {"item": "waiting", "value": 12}, {"item": "absent_reason", "value": ["unknown"]}], "remarks": [{"item": "deputy", "media": [], "text": "\u7a97\u53e3\u4eba\u5458\u79bb\u5f00\u65f6\u65e0\u4eba\u9876\u5c97\u3002"}], "place": {"accuracy_m": 15, "at": "2026-10-23T01:31:00.000Z", "lat_e7": 297012910, "lon_e7": 1159903630, "measured": null, "source": "gps"}, "clock": {"ended_at": "2026-10-23T01:57:00.000Z", "monotonic_ms": 1860000, "started_at": "2026-10-23T01:30:00.000Z", "submitted_at": "2026-10-23T02:01:00.000Z"}, "ride": null, "media_details": [], "origin": {"app": "anfang-demo/1", "assignment": null, "key_protection": "none", "ticket": "eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJ0aWNrZXQrand0In0.eyJub25jZSI6InY3LUsyRThsbnJpTHg3Ti04YkFJVHpfaDFSTnpzajFET3RBcWJvdm1qZHMiLCJzZXJ2ZXJfdGltZSI6IjIwMjYtMTAtMjNUMDA6NTA6MDAuMDAwWiJ9.Ja5rdAWcfSpNxyI0DfTuuEWHQ_kQtENlS2msz3lT6lNqMeDgve9mbuRn9NIpyTtYWg7JXdHniYR9bSWd2oyIgQ", "user_agent": "anfang-demo/1"}, "note": null}','Toi6DD7KCpLjLtE6SeiH0320bp9oO21_4ondcb4i6No','e5148f55ae36a90feea0ed8c4911884c.htpM2hw7T7FHNjOnXOUiTzNiDrym12EistDqze3mpVrtUngBX0r93SFF-VuO3XpFfidwJysTW0ntf3OfFfwnYO4HKwciWUqWsZ5SYQXFkwdaBmQZAitbzKRZiQ9-DXAdGRc3SqZdn1i51b1YSTgfCBCL5LBW6KSHJ7JuMy5P0UpyA1hNEQt2NBSnOu7qUVRWP-jWIKZbKE2XuicJ9jTayfkB0NJ5y7snyXmfESrwBoh33yGshM_A86wklg_wtqJmAqC2_538pimwuFrHe88KKijZBJZoTZpBWo_9dGRzCjGgX9uXlXFCWqafJ6L6LwPz4P_bDYZtUgDWtaPlU8cxWXcF7n5RxG4KUTA8IoqMjgYxX7HUioehuojvEa_YdpiNsIGxRnSMw9Du-s_e7cH3D-PWzrnz8ZCKR4PRBgnLxHDwkOCFSOutge5xVYcukA9nqlSQQq77VXH7kXhNjUj46UMuoN0UJ8giTO0kBv4PFRohncVmxCe9zMEw58AGFcKqHupVSPACSPMzj0Mk-_rmevyrOFP4MauCkV2LqiDpTbMAUGWZ8LhSkpb_sokF4XbHFSswNHWyBWRbSsDhtA','132cb7c632dd176ff2f4a05a4b04483e8061c924d7e6bb6e5f4fb80592ceeb57','de0b49ec44c233b8fb127047ca548d5b82ac31cbd54cce06213d103ca6e58f37','f47da8efaecf4effb965f776bd501c47',0,'{"points": 90, "out_of": 100, "covered": 100, "vetoes": [], "failed": ["deputy"], "missing": [], "out_of_range": []}','2026-10-23 02:26:00.000000','2026-10-24 16:00:00.000000','eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJyZWNlaXB0K2p3dCJ9.eyJjZXJ0aWZpY2F0ZV9jb21taXRtZW50IjoiMTMyY2I3YzYzMmRkMTc2ZmYyZjRhMDVhNGIwNDQ4M2U4MDYxYzkyNGQ3ZTZiYjZlNWY0ZmI4MDU5MmNlZWI1NyIsImNvbXBsZXRlIjp0cnVlLCJsb2dfYnkiOiIyMDI2LTEwLTI0VDE2OjAwOjAwLjAwMFoiLCJtZWRpYSI6W10sInJlY2VpdmVkX2F0IjoiMjAyNi0xMC0yM1QwMjoyNjowMC4wMDBaIiwicmVjb3JkIjoiNzU1MDA5YzItYTI0MS00MDhkLTljODQtZDdlMzlhZTM2ZTZmIiwicmVjb3JkX3NoYTI1NiI6ImQzZmY0MDVhYmVkNDU4OTI1YmJmMTNkOWZkYzA0ZGY3MWJhODg0NmQ3NTg2ZjJkZTMzZGMyMDMzYThkMDcxMGEifQ.DKG6-yri3R1iZH5lNQGt-O5duKhjBVwqR4myHNWoXeEizXGNuq4Ig9jE5Vh3BtJek5qnxeKxSPAOG5oaR0DNOA','2026-10-23 02:26:00.000000');
INSERT INTO "record_versions" VALUES('6362a41ff3402a90a557bd8a2ed882643ecbaf5d9d3d3a5f5eb1b13cfd1bc42f','9e683a334bdb4d179bbeb17116c65a1e',1,NULL,'eyJhbGciOiJFUzI1NiIsImp3ayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6IkpuM0xoYkRiYzVyU0hDUmwzVW5BYmtIWkN4ZnZqZ1FfWllMa1JXakU3azAiLCJ5IjoiYjZNTDVJNmtKYWpaUWxieTJ3YnZFRHRJcEpRazVEd0dBbUdLSkVqMUVGRSJ9LCJ0eXAiOiJpbnNwZWN0aW9uK3NkLWp3dCJ9.eyJfc2QiOlsiNFppdHhfQVZySVpsQnRYZEYxN1FlZXV6UDE1RFF3UE14eXNvWVlNWDlPMCIsIjZ2cFdwZFJUQWFoQ2ttTndJeFhDY0I3VUlWR1k2NmhuVkFMUDc5VGFJZU0iLCI3eFViaHRLLURYNmpIWDRxaGZKNXlubVFNMkZXX3RqWkdqaTRXeUpDa1A0IiwiODh5RnNJOU1VNTVZYUZ5bWtOQjB6UUYwQzZIdWtfeHhGSTNUcWU3cUpvNCIsIkVISktBaS02a0RRbXF1Zlc5UE8zSVp5aVdEd3J5YmRvcUdWU2xRN2tZdFkiLCJNYWt6b2FoTVRSdnZtRk9Wd0E2RFpDOHhWWnpRVVBTb0JyZi02OEJuQzZBIiwiUE5tWkRjV2tLN25ZMnZvbzROcXI1UUo0WXhSb3lBSjlXNGs4UU05SERISSIsIlBnYjdFV2JWY1BNWl96RkJwSVpzZnVLWjRha083bTVUckpHUjBKMDF4dlEiLCJSd3RlbllQeERqRHlQZ3JBaVlNUzdTOE9DcDBwTHI0WmtzaHQ5VE1aOXBnIiwiZ1A4Q21sVXlfX093cUhzUHJGV1NJYW1VeFZCWmdSbU1ndlZQMDZVX1hoVSIsImwwMlFjMmE5Q0xBZnlwWnhJbjRqeWpwdDlMaWtkXy1ZUVJfWjJFRHdsbnMiLCJzUk9UVmlqRlF2M09Kd0RWbFFVNWUyOGFUQklpLUxBSzk1TGZhcTVaSFJrIiwieHhRWlpCenQzNjFBcjZaVm1PclZjNFpyQjNyUWFHRHNWbGhwWkMyRnhvSSJdLCJfc2RfYWxnIjoic2hhLTI1NiIsImNhbXBhaWduIjoiNmI4ZGNhOTMtZjA0MC00YjU1LWE3ZWItMzhjZjAyYjdhNDk0IiwiY2hlY2tsaXN0IjoiNThkZGM3YWMtOWI4My00NTU2LTk4NzQtNzkwYTRiMzgyOTE4IiwiaWQiOiI5ZTY4M2EzMy00YmRiLTRkMTctOWJiZS1iMTcxMTZjNjVhMWUiLCJtZWRpYSI6W10sInN1cGVyc2VkZXMiOm51bGwsInVuaXQiOiJlZWI5NTc0Zi1kY2RmLTQxYTUtOTJmZC1kZWZhZjk3MjdmZjAiLCJ2IjoxfQ.auabDzuB2qVqNAYyJW5EoncpBoSrgE3GD2eNGDj1u7qOFxvqJqYB0L5tBzPMC99Fc-oN0x2-iLl2yrSt-yz_EQ~WyJGTlJxSDhSWlFJdUM3RUcyQVNnVll3IiwiZGF5IiwiMjAyNi0xMC0yNCJd~WyJ3RFVoa2VoTVdNRHBEdXhjcWJYZDh3IiwidmlzaXQiLHsib3V0Y29tZSI6ImRvbmUiLCJyZWFzb24iOm51bGx9XQ~WyJ6WERldFNTVzQ5QlJCV3RQZ3QyeElRIiwic2l0ZSIsImI4Y2IwMTBhLWQ0NTMtNDBhNS1hMDEwLTFkMjEwOWYwZTcwNyJd~WyJ1emRrRm9PMkE1bkJ6bWxNM2xaYnRnIiwic3ViamVjdCIseyJraW5kIjoid2luZG93IiwibGFiZWwiOiI45Y-356qX5Y-jIn1d~WyJqM2tNYVlqbmVTaTZHZTF2dmJVZHZnIiwicHJpdmF0ZSIsbnVsbF0~WyIyemdWZ0FzbWE0cnlKcFhCUlBBNy1BIiwiYW5zd2VycyIsW3siaXRlbSI6Im9uX2R1dHkiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImRlcHV0eSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiZmlyc3RfY29udGFjdCIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoidG9sZF9vbmNlIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJub19wYXNzaW5nX29uIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJ0aW1lX3Byb21pc2UiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX291dHNpZGVfZmVlcyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fZmF2b3VycyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiYXR0aXR1ZGUiLCJ2YWx1ZSI6NH0seyJpdGVtIjoiYmFkZ2UiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX3ByaXZhdGVfbWF0dGVycyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoicmF0aW5nX2RldmljZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiY29tcGxhaW50c19udW1iZXIiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImJhcnJpZXJfZnJlZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoid2FpdGluZyIsInZhbHVlIjo0fSx7Iml0ZW0iOiJhYnNlbnRfcmVhc29uIiwidmFsdWUiOiJuYSJ9XV0~WyIzMU8zX21ITGoyWFRnRWMxU196TDBBIiwicmVtYXJrcyIsW11d~WyJNdDYyLUcwd0VKd2FkaW5sNm11clpnIiwicGxhY2UiLHsiYWNjdXJhY3lfbSI6MTYsImF0IjoiMjAyNi0xMC0yNFQwNjoxNjowMC4wMDBaIiwibGF0X2U3IjoyOTcwMTMwNDAsImxvbl9lNyI6MTE1OTkwMzcyMCwibWVhc3VyZWQiOm51bGwsInNvdXJjZSI6ImdwcyJ9XQ~WyJkem9lSlpwNmNXRENkS2ZObE0ycnN3IiwiY2xvY2siLHsiZW5kZWRfYXQiOiIyMDI2LTEwLTI0VDA2OjM0OjAwLjAwMFoiLCJtb25vdG9uaWNfbXMiOjEzODAwMDAsInN0YXJ0ZWRfYXQiOiIyMDI2LTEwLTI0VDA2OjE1OjAwLjAwMFoiLCJzdWJtaXR0ZWRfYXQiOiIyMDI2LTEwLTI0VDA2OjM4OjAwLjAwMFoifV0~WyJ3OFhpTnhFODBLRVdpdXJVWWxXY2ZRIiwicmlkZSIsbnVsbF0~WyJPVVRMSmMwWUZnTHlhZXV1MWJ4b1R3IiwibWVkaWFfZGV0YWlscyIsW11d~WyI5UUVFVUI1LWFOclNWbDZ2OEUzbW9RIiwib3JpZ2luIix7ImFwcCI6ImFuZmFuZy1kZW1vLzEiLCJhc3NpZ25tZW50IjpudWxsLCJrZXlfcHJvdGVjdGlvbiI6Im5vbmUiLCJ0aWNrZXQiOiJleUpoYkdjaU9pSkZVekkxTmlJc0ltdHBaQ0k2SW5FelNIcGZUWHBGV1UxWE4yNW5kSGcyZFVweFQySnhiMkV5WjJKUWMyczBhREU1YUVOdFdtVjVhRUVpTENKMGVYQWlPaUowYVdOclpYUXJhbmQwSW4wLmV5SnViMjVqWlNJNkltTlFRVXRXWkRWQk1tZzNhblZtWDJ0eWVXMHhSVU5EYlMxSE1FWlVNMVZLWVhVeGVEWXROWE5YYVZVaUxDSnpaWEoyWlhKZmRHbHRaU0k2SWpJd01qWXRNVEF0TWpSVU1EVTZNelU2TURBdU1EQXdXaUo5LjZGdU13SUoxUUF6Z0dNOXV2M0c3cGdNRE52QU5BMUJQZEljdXE4VlBmUmh6ZnRfbGFveWZpUDc0RVJFajZXaTRfeU96emFIcmFZVDdUQ19vUVBvZWpBIiwidXNlcl9hZ2VudCI6ImFuZmFuZy1kZW1vLzEifV0~WyJoczJLMEx3cUFmZWtjUFpUdVk0WUVnIiwibm90ZSIsbnVsbF0~','{"campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494", "checklist": "58ddc7ac-9b83-4556-9874-790a4b382918", "id": "9e683a33-4bdb-4d17-9bbe-b17116c65a1e", "media": [], "supersedes": null, "unit": "eeb9574f-dcdf-41a5-92fd-defaf9727ff0", "v": 1}','{"day": "2026-10-24", "visit": {"outcome": "done", "reason": null}, "site": "b8cb010a-d453-40a5-a010-1d2109f0e707", "subject": {"kind": "window", "label": "8\u53f7\u7a97\u53e3"}, "private": null, "answers": [{"item": "on_duty", "value": "yes"}, {"item": "deputy", "value": "yes"}, {"item": "first_contact", "value": "yes"}, {"item": "told_once", "value": "yes"}, {"item": "no_passing_on", "value": "yes"}, {"item": "time_promise", "value": "yes"}, {"item": "no_outside_fees", "value": "yes"}, {"item": "no_favours", "value": "yes"}, {"item": "attitude", "value": 4}, {"item": "badge", "value": "yes"}, {"item": "no_private_matters", "value": "yes"}, {"item": "rating_device", "value": "yes"}, {"item": "complaints_number", "value": "yes"}, {"item": "barrier_free", "value": "yes"}, {"item": "waiting", "value": 4}, {"item": "absent_reason", "value": "na"}], "remarks": [], "place": {"accuracy_m": 16, "at": "2026-10-24T06:16:00.000Z", "lat_e7": 297013040, "lon_e7": 1159903720, "measured": null, "source": "gps"}, "clock": {"ended_at": "2026-10-24T06:34:00.000Z", "monotonic_ms": 1380000, "started_at": "2026-10-24T06:15:00.000Z", "submitted_at": "2026-10-24T06:38:00.000Z"}, "ride": null, "media_details": [], "origin": {"app": "anfang-demo/1", "assignment": null, "key_protection": "none", "ticket": "eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJ0aWNrZXQrand0In0.eyJub25jZSI6ImNQQUtWZDVBMmg3anVmX2tyeW0xRUNDbS1HMEZUM1VKYXUxeDYtNXNXaVUiLCJzZXJ2ZXJfdGltZSI6IjIwMjYtMTAtMjRUMDU6MzU6MDAuMDAwWiJ9.6FuMwIJ1QAzgGM9uv3G7pgMDNvANA1BPdIcuq8VPfRhzft_laoyfiP74EREj6Wi4_yOzzaHraYT7TC_oQPoejA", "user_agent": "anfang-demo/1"}, "note": null}','r2jH78HGG8sr5UpnGFq4U7Ie1TB3VIcNpecqjtmVo6Y','e5148f55ae36a90feea0ed8c4911884c.nsIGkNlZyaDebapSbWv6yhLG1XbiqIWRlNykNeIELWUon4d0aveiWDUHhcqFLo1_lCBLhrPQ_WSGD1oxreSnYhlQ-vJ6pSz5Hnv2jHYLoyu6mkaTHyB-3koqrD7yvnVDEof8JXSoDPvlODkqXP6wIYMyD5II5WhIQCwHx8suWFpq6Z7UqRHt55AASQ_YG-cdM__d1xgMq-a6CiP6g8xT7h-bR_N5Z0QrUjC3HG0TqnPIuqtNUsbYDLktFUIWBovIBBa-k-hCgEG3AsxboE4sEnQe1sGD6ihQ4oM9nUaKz7oNrqeNTnSVC3CIa-OD-SZp79zZyiozGGynv2XRdt5NXCHAhL4ruqnYyBmBvh4ZFUbAxHgfX-wkqQx3xt3fnF3FcM0u8WrihPi97vuDyzauxRfRw8n3GeH612-HeyXoZmHEHNZaZe4LX0yaYjKKbvItjRTOlQbloVx1fLG_5k4nqkEFwrslcXOmrx9cL9BjlGLjrrYXAzB4UOT0L8OknYuhahkh_FIej-FYvR0sXcnZWbXHTTtPaG57-w_NNeNfpmSzaWh6lQvHPWWp-RqjkdaTx8TYMt5EzdTJLZP2Fw','441b1c3e5d34c4f54331e4514d0fe00a9eec80b21fdcf1f389d5f351cb5d5ecd','55b854ca8178af6eed08288a1ea41c940ee96a3d0f94c23d373da1bddf22a9f9','56cc77c06b5a4465b5ebdf30ebc5a8a5',0,'{"points": 98, "out_of": 100, "covered": 100, "vetoes": [], "failed": [], "missing": [], "out_of_range": []}','2026-10-24 07:03:00.000000','2026-10-25 16:00:00.000000','eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJyZWNlaXB0K2p3dCJ9.eyJjZXJ0aWZpY2F0ZV9jb21taXRtZW50IjoiNDQxYjFjM2U1ZDM0YzRmNTQzMzFlNDUxNGQwZmUwMGE5ZWVjODBiMjFmZGNmMWYzODlkNWYzNTFjYjVkNWVjZCIsImNvbXBsZXRlIjp0cnVlLCJsb2dfYnkiOiIyMDI2LTEwLTI1VDE2OjAwOjAwLjAwMFoiLCJtZWRpYSI6W10sInJlY2VpdmVkX2F0IjoiMjAyNi0xMC0yNFQwNzowMzowMC4wMDBaIiwicmVjb3JkIjoiOWU2ODNhMzMtNGJkYi00ZDE3LTliYmUtYjE3MTE2YzY1YTFlIiwicmVjb3JkX3NoYTI1NiI6IjYzNjJhNDFmZjM0MDJhOTBhNTU3YmQ4YTJlZDg4MjY0M2VjYmFmNWQ5ZDNkM2E1ZjVlYjFiMTNjZmQxYmM0MmYifQ.Pr6fI1ub2RQ4OVeuRo51SNrQx_Y4EoSdy_rExc4VXcmfNPtU1SAnmioMCHwKKz7F4jmFVuJNEzEh3c-8v2tQZw','2026-10-24 07:03:00.000000');
INSERT INTO "record_versions" VALUES('90babeb1692431460c5035be18f53f90ae260d9ff0249d5174f075749ac1e1f4','33a14faba4c54bc28a7af0172cf7a0ec',1,NULL,'eyJhbGciOiJFUzI1NiIsImp3ayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6InRGMWFvbFZiN2NtSXZlNHE5T0FTRzBfdE16OXJoTlVJVTNFS2J1bXI0eFkiLCJ5IjoiQmxyaHNvNExoRVpWbkFfenJDT2lXSTJEV05mWHZHN1NXZUVuZVM2Xy1RVSJ9LCJ0eXAiOiJpbnNwZWN0aW9uK3NkLWp3dCJ9.eyJfc2QiOlsiM0o0YXN6a0JWT1NvYnFoLTdsREdGcEUtb3JSOUlUajg4Vm1tNDZtRmJqQSIsIkNjSklVUXRsSGNUQnh2VmxCUTJzOHVhR3E4QnpLX0szd0RZNjhWODdwS0EiLCJIOGZyLWN5WnJTZWZsazdOSXFVZUdLczNZbWNQTFkxOExvM3I3TDFwSTFZIiwiUTdOc2h6cS1XX24xbDFVWG45bnhZVlh5NVp2czhpRzRtTnpuWll4ajhNVSIsIlZGRmRta3F2NV91cjV6dXpXSm1yUkpLczNIWkxJVmhDUl93b0NmVXMxaWMiLCJYVHo3UktHSk4zRDNJOUhEYTdCem5taWp6T0FQZ1BnSkhseG9Rb3Z0d0w4IiwiWGIwZFBXVEREbHc4MHZuOGFENjRyVmFSOU9UY1FvU2tUbDQ3Q3o4djl4ayIsImI2RWpPTzNUX0QwbFZxbjFubjdJUWlicEdBbGFaWUN3ajVXTENSVFlGZUEiLCJjZFhSYlFQWDM0VE1ZZkhHcDJ6LXkxcDRqa2VHbkJHOXBhQWF2VkhuN2lzIiwiaDFVb1JDM1UybWNmaXZKbDU5Y0dJQ1NVX185LU9aaXMxdXNlSXB1Z2NQUSIsImlSUmt3Z1FvNzZwbFBkRHlKZlNyVmRhNWhTMHRlRWZlWjJGb1QyRDhidFkiLCJ6MkowU3pHU1JMU0QzLS1CX2xxYmQ5WWlYYTZITzBCWV9ZS0NxMGU1c0I0IiwielFfZEFSbTRrOFZwZmNWMkRRV05QMFVta2xZOEc4TEFNSDhBOVY5LUVzNCJdLCJfc2RfYWxnIjoic2hhLTI1NiIsImNhbXBhaWduIjoiNmI4ZGNhOTMtZjA0MC00YjU1LWE3ZWItMzhjZjAyYjdhNDk0IiwiY2hlY2tsaXN0IjoiZGJiZDE5OTItY2U5Mi00ODdhLWE3YWYtZDYyMzI3ZjljYThjIiwiaWQiOiIzM2ExNGZhYi1hNGM1LTRiYzItOGE3YS1mMDE3MmNmN2EwZWMiLCJtZWRpYSI6WyI4MjVhZmNlMWQ5NjQxYWE4NGQ4NzcwMDI3NThkMmFkMGM0ZTk0YzQ0NzdiZDg1NTU1ZGM1M2JlMTY2NDc1ODFlIl0sInN1cGVyc2VkZXMiOm51bGwsInVuaXQiOiIzMDJiNzIzOS03YTk4LTRiNzctYmZmZS1mZTVjZjliOGU3ZTYiLCJ2IjoxfQ.gKcNilBaTh-z2ovxOrpwCLhRCFS6OTIZdyC9XtQiVZs5de12yAoI23I0BkiNq-ByaI5vXl6q-cW17lUC7ejt3Q~WyI4Tlp1MS05Q1FoU25SV0NiaTlpaXRBIiwiZGF5IiwiMjAyNi0xMS0xMSJd~WyJVRkpoWG1oWUZvem51WktKT2pGSGtRIiwidmlzaXQiLHsib3V0Y29tZSI6ImRvbmUiLCJyZWFzb24iOm51bGx9XQ~WyJFQTByT1JxNW9OUFlEWjlaWi1YLUNBIiwic2l0ZSIsIjcxNGM0YTY4LTFiODItNDEzZi05Y2ZkLWI2ODgzNGMyYWI5ZSJd~WyJTUzBuRWI0c2ItY0RYNEpsOWUxUU1BIiwic3ViamVjdCIseyJraW5kIjoidGF4aSIsImxhYmVsIjoi54Gr6L2m56uZ5LiK5a6i54K555qE5LiA6L6G5Ye656ef5rG96L2mIn1d~WyJZcnkxbmZlTVdFRy1LdEhMRmEta3RnIiwicHJpdmF0ZSIseyJwbGF0ZSI6IueUskHCtzAwMDAwIn1d~WyI2Z3NfSzBaak0wTzdwWHFJWVdqTFFnIiwiYW5zd2VycyIsW3siaXRlbSI6ImFjY2VwdCIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibWV0ZXIiLCJ2YWx1ZSI6Im5vIn0seyJpdGVtIjoiZmFyZSIsInZhbHVlIjoibm8ifSx7Iml0ZW0iOiJyb3V0ZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fc2hhcmluZyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoicmVjZWlwdCIsInZhbHVlIjoibm8ifSx7Iml0ZW0iOiJzZXJ2aWNlX2NhcmQiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6InBhcGVycyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoicm9vZl9saWdodCIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiYm9keSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiY2FiaW4iLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6InRhcmlmZiIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fc21va2luZ19waG9uZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoic2FmZV9kcml2aW5nIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJtYW5uZXJzIiwidmFsdWUiOjJ9LHsiaXRlbSI6ImFpcl9jb25kaXRpb25pbmciLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImhhaWxlZCIsInZhbHVlIjoicmFuayJ9XV0~WyJHSmRWSVFLbGxKZGJHd0wzVlJOeFpBIiwicmVtYXJrcyIsW3siaXRlbSI6Im1ldGVyIiwibWVkaWEiOlsiODI1YWZjZTFkOTY0MWFhODRkODc3MDAyNzU4ZDJhZDBjNGU5NGM0NDc3YmQ4NTU1NWRjNTNiZTE2NjQ3NTgxZSJdLCJ0ZXh0Ijoi5LiK6L2m5ZCO5pyq5omT6KGo77yM6K6h5Lu35Zmo5aeL57uI5pi-56S64oCc56m66L2m4oCd44CCIn0seyJpdGVtIjoiZmFyZSIsIm1lZGlhIjpbXSwidGV4dCI6IumAlOS4reWPo-WktOaKpeS7t-S6jOWNgeWFg--8jOWQjOS4gOi3r-e6v-aJk-ihqOW6lOS4uuWNgeS6jOWFg-S6lOinkuOAgiJ9LHsiaXRlbSI6InJlY2VpcHQiLCJtZWRpYSI6W10sInRleHQiOiLkuIvovabntKLopoHnpajmja7vvIznrZTlpI3msqHmnInjgIIifV1d~WyJON3ZFSkNIeEV6NWlSY3pZQ29PNkxRIiwicGxhY2UiLHsiYWNjdXJhY3lfbSI6MTgsImF0IjoiMjAyNi0xMS0xMVQwMToyMTowMC4wMDBaIiwibGF0X2U3IjoyOTcwMTgwMDAsImxvbl9lNyI6MTE1OTk1MTAwMCwibWVhc3VyZWQiOm51bGwsInNvdXJjZSI6ImdwcyJ9XQ~WyJJeDFwX1ZMLXNyR0N5ak5sSko4YXF3IiwiY2xvY2siLHsiZW5kZWRfYXQiOiIyMDI2LTExLTExVDAxOjM1OjAwLjAwMFoiLCJtb25vdG9uaWNfbXMiOjExNDAwMDAsInN0YXJ0ZWRfYXQiOiIyMDI2LTExLTExVDAxOjIwOjAwLjAwMFoiLCJzdWJtaXR0ZWRfYXQiOiIyMDI2LTExLTExVDAxOjM5OjAwLjAwMFoifV0~WyI1MTRhMThORElOalhZWFdwVnp6WjJRIiwicmlkZSIseyJkaXN0YW5jZV9tIjo0MjAwLCJkdXJhdGlvbl9zIjo3ODAsImZhcmVfZXhwZWN0ZWQiOjEyNTAsImZhcmVfcGFpZCI6MjAwMCwiZnJvbSI6IuekuuiMg-eBq-i9puermSIsInRvIjoi56S66IyD5biC5rCR5bm_5Zy6In1d~WyI3ZUkwdjZNbE9oaE5EZGhhWm9HVGdnIiwibWVkaWFfZGV0YWlscyIsW3siYWNjdXJhY3lfbSI6MTgsImJ5dGVzIjoyMTE2NzksImNhcHR1cmVkX2F0IjoiMjAyNi0xMS0xMVQwMToyNzozMC4wMDBaIiwiaXRlbSI6Im1ldGVyIiwibGF0X2U3IjoyOTcwMTgwMDAsImxvbl9lNyI6MTE1OTk1MTAwMCwibWltZSI6ImltYWdlL2pwZWciLCJzaGEyNTYiOiI4MjVhZmNlMWQ5NjQxYWE4NGQ4NzcwMDI3NThkMmFkMGM0ZTk0YzQ0NzdiZDg1NTU1ZGM1M2JlMTY2NDc1ODFlIiwic291cmNlIjoiY2FtZXJhIn1dXQ~WyJvY2dzSXgwNlU0bWJhN1QzRklpTDdnIiwib3JpZ2luIix7ImFwcCI6ImFuZmFuZy1kZW1vLzEiLCJhc3NpZ25tZW50IjpudWxsLCJrZXlfcHJvdGVjdGlvbiI6Im5vbmUiLCJ0aWNrZXQiOiJleUpoYkdjaU9pSkZVekkxTmlJc0ltdHBaQ0k2SW5FelNIcGZUWHBGV1UxWE4yNW5kSGcyZFVweFQySnhiMkV5WjJKUWMyczBhREU1YUVOdFdtVjVhRUVpTENKMGVYQWlPaUowYVdOclpYUXJhbmQwSW4wLmV5SnViMjVqWlNJNkltaFBNMWRoUVhFMFZESlFjeTFGUTBkNU4zaFFVMmd5U2xaQldFb3haMEU1WWpsQk1GaEphalZNWnpnaUxDSnpaWEoyWlhKZmRHbHRaU0k2SWpJd01qWXRNVEV0TVRGVU1EQTZOREE2TURBdU1EQXdXaUo5LlVTRkd2MXRqOTV1bmh4QUw3bmp4X19tVF9UMWpVbGctaVNSSHZBS0ltZnpZQjBvR2JqT1JCWDNFQkxEbUxrTEtnMmdQMGFtOVlDOGQ4M09QX0FpQ09RIiwidXNlcl9hZ2VudCI6ImFuZmFuZy1kZW1vLzEifV0~WyJkYTRaa0Jfb0FNM0YxYW5tZlZmSzVRIiwibm90ZSIsIueFp-eJh-WcqOWBnOi9puS7mOasvuaXtuS7juWJr-mpvumptuW6p-aLjeaRhOOAgiJd~','{"campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494", "checklist": "dbbd1992-ce92-487a-a7af-d62327f9ca8c", "id": "33a14fab-a4c5-4bc2-8a7a-f0172cf7a0ec", "media": ["825afce1d9641aa84d877002758d2ad0c4e94c4477bd85555dc53be16647581e"], "supersedes": null, "unit": "302b7239-7a98-4b77-bffe-fe5cf9b8e7e6", "v": 1}','{"day": "2026-11-11", "visit": {"outcome": "done", "reason": null}, "site": "714c4a68-1b82-413f-9cfd-b68834c2ab9e", "subject": {"kind": "taxi", "label": "\u706b\u8f66\u7ad9\u4e0a\u5ba2\u70b9\u7684\u4e00\u8f86\u51fa\u79df\u6c7d\u8f66"}, "private": {"plate": "\u7532A\u00b700000"}, "answers": [{"item": "accept", "value": "yes"}, {"item": "meter", "value": "no"}, {"item": "fare", "value": "no"}, {"item": "route", "value": "yes"}, {"item": "no_sharing", "value": "yes"}, {"item": "receipt", "value": "no"}, {"item": "service_card", "value": "yes"}, {"item": "papers", "value": "yes"}, {"item": "roof_light", "value": "yes"}, {"item": "body", "value": "yes"}, {"item": "cabin", "value": "yes"}, {"item": "tariff", "value": "yes"}, {"item": "no_smoking_phone", "value": "yes"}, {"item": "safe_driving", "value": "yes"}, {"item": "manners", "value": 2}, {"item": "air_conditioning", "value": "yes"}, {"item": "hailed", "value": "rank"}], "remarks": [{"item": "meter", "media": ["825afce1d9641aa84d877002758d2ad0c4e94c4477bd85555dc53be16647581e"], "text": "\u4e0a\u8f66\u540e\u672a\u6253\u8868\uff0c\u8ba1\u4ef7\u5668\u59cb\u7ec8\u663e\u793a\u201c\u7a7a\u8f66\u201d\u3002"}, {"item": "fare", "media": [], "text": "\u9014\u4e2d\u53e3\u5934\u62a5\u4ef7\u4e8c\u5341\u5143\uff0c\u540c\u4e00\u8def\u7ebf\u6253\u8868\u5e94\u4e3a\u5341\u4e8c\u5143\u4e94\u89d2\u3002"}, {"item": "receipt", "media": [], "text": "\u4e0b\u8f66\u7d22\u8981\u7968\u636e\uff0c\u7b54\u590d\u6ca1\u6709\u3002"}], "place": {"accuracy_m": 18, "at": "2026-11-11T01:21:00.000Z", "lat_e7": 297018000, "lon_e7": 1159951000, "measured": null, "source": "gps"}, "clock": {"ended_at": "2026-11-11T01:35:00.000Z", "monotonic_ms": 1140000, "started_at": "2026-11-11T01:20:00.000Z", "submitted_at": "2026-11-11T01:39:00.000Z"}, "ride": {"distance_m": 4200, "duration_s": 780, "fare_expected": 1250, "fare_paid": 2000, "from": "\u793a\u8303\u706b\u8f66\u7ad9", "to": "\u793a\u8303\u5e02\u6c11\u5e7f\u573a"}, "media_details": [{"accuracy_m": 18, "bytes": 211679, "captured_at": "2026-11-11T01:27:30.000Z", "item": "meter", "lat_e7": 297018000, "lon_e7": 1159951000, "mime": "image/jpeg", "sha256": "825afce1d9641aa84d877002758d2ad0c4e94c4477bd85555dc53be16647581e", "source": "camera"}], "origin": {"app": "anfang-demo/1", "assignment": null, "key_protection": "none", "ticket": "eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJ0aWNrZXQrand0In0.eyJub25jZSI6ImhPM1dhQXE0VDJQcy1FQ0d5N3hQU2gySlZBWEoxZ0E5YjlBMFhJajVMZzgiLCJzZXJ2ZXJfdGltZSI6IjIwMjYtMTEtMTFUMDA6NDA6MDAuMDAwWiJ9.USFGv1tj95unhxAL7njx__mT_T1jUlg-iSRHvAKImfzYB0oGbjORBX3EBLDmLkLKg2gP0am9YC8d83OP_AiCOQ", "user_agent": "anfang-demo/1"}, "note": "\u7167\u7247\u5728\u505c\u8f66\u4ed8\u6b3e\u65f6\u4ece\u526f\u9a7e\u9a76\u5ea7\u62cd\u6444\u3002"}','WOTkcVi32wZtv2cWjvK1SUnoZfn-2phAWorZNKykY7U','e5148f55ae36a90feea0ed8c4911884c.xkP-yZGoR3T1ARi7dEnuca1Y1Vhejm-6U27YMXJRlEXdo7LGXHO7_qYAiCwRmWOJg0ypup17iNcxjPXjFA90b1NupE5iQhuQkpB-CFl-UiYmOflEbLrYMpJeaJhnDYspctQTETiQ7pL81kOPXnK2kRSmiDEMnuOsp6FLLkBcaWfHX1AS_gpxG5FMfQqtHddW1dvtLx-EGw2bNqXXyz6qIASsV0BoAmr6SFT3-qDH3EFcS1Zqg3mD8skxDdL3HoUN22hlzGoL6Rn1eSd7nZjsKE0iYPUKIDMpcww6pma-vNZ1UNkMgCpWIHKD5DOIGIkD-uoqIndUamazRt_Ad8NJZUvd6aheccN8da8U_n1oYI1OsV9RDN8aKoc92ZuQ0nQRdYNE84k8C0vaBNeM0nKAI_Dqwf7wuXTofZexfa1voobs4_-6UZ6rpQ3wf1olg2hMl-7cIy_FmMhiOxMz-LyjzdFje3hTDwhc6qGMalXnMG8p_aVxU7IiYmzFMdRoTI6dyvWugmWdW3ytThg9dlO7n_6Sv-l8aNFxyvxuEqMb8ufU3BOitokztOwrxnDJuURHttVT5NT1_rhDG2HuXA','99686fa343a9b449aad5bd019f25c958997edc92670efea4ed5b70b7680882c5','d179f4b906ea9a7b730381c04003b54435f296915ffeace0a3590081a9340084','56cc77c06b5a4465b5ebdf30ebc5a8a5',0,'{"points": 69, "out_of": 100, "covered": 100, "vetoes": ["meter", "fare"], "failed": ["meter", "fare", "receipt", "manners"], "missing": [], "out_of_range": []}','2026-11-11 02:04:00.000000','2026-11-12 16:00:00.000000','eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJyZWNlaXB0K2p3dCJ9.eyJjZXJ0aWZpY2F0ZV9jb21taXRtZW50IjoiOTk2ODZmYTM0M2E5YjQ0OWFhZDViZDAxOWYyNWM5NTg5OTdlZGM5MjY3MGVmZWE0ZWQ1YjcwYjc2ODA4ODJjNSIsImNvbXBsZXRlIjp0cnVlLCJsb2dfYnkiOiIyMDI2LTExLTEyVDE2OjAwOjAwLjAwMFoiLCJtZWRpYSI6WyI4MjVhZmNlMWQ5NjQxYWE4NGQ4NzcwMDI3NThkMmFkMGM0ZTk0YzQ0NzdiZDg1NTU1ZGM1M2JlMTY2NDc1ODFlIl0sInJlY2VpdmVkX2F0IjoiMjAyNi0xMS0xMVQwMjowNDowMC4wMDBaIiwicmVjb3JkIjoiMzNhMTRmYWItYTRjNS00YmMyLThhN2EtZjAxNzJjZjdhMGVjIiwicmVjb3JkX3NoYTI1NiI6IjkwYmFiZWIxNjkyNDMxNDYwYzUwMzViZTE4ZjUzZjkwYWUyNjBkOWZmMDI0OWQ1MTc0ZjA3NTc0OWFjMWUxZjQifQ.ZL8V8xLjg7bTGFblqpMAPyDrq7uFaPVNJVc4A4THrCzkkKtJFnBuJrx9t6-ifKI76crB6_B0r8SVUaos-W_5jA','2026-11-11 02:04:00.000000');
INSERT INTO "record_versions" VALUES('daff1e06a988e9970d4277fd79fc0d22a005211c6e454bb3d32dd55f2bac9525','5f757031ec774d21a96544044dddef21',1,NULL,'eyJhbGciOiJFUzI1NiIsImp3ayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6IkhhQjRrdlVZblZDSGV3TVdGNWVSNENoT042dTAxa3lLNnQyZHF3aHdpbzAiLCJ5Ijoid0lWNmU5TGxlalVMUmRWR1A1UUIxREhBWVJxcHpNTUtMSld2WF9PbHdIYyJ9LCJ0eXAiOiJpbnNwZWN0aW9uK3NkLWp3dCJ9.eyJfc2QiOlsiLXVrTi1YN2w5cWgtci0wOGhUX0hGZTY5UUVyR3ZncENlQ2p2UzRrM1RSRSIsIjE5dE1qM1BpU18zUF9GUTRGTi1WSzBtcXM1QjhaSGdXenNIb3I0TklzbEEiLCJBY1JjRWp3cENIUGZCcTNNM2lJekZwZU9lekN4aEpMSFg5MVRySkplQm5RIiwiQmZjRTdyaEJmOHpJbmtFNmM2cmp3Q0lCekQ4SmZzS01aR2dta2tjN0JmWSIsIkJtUy15cTBJRFUwZXhqQ2dCZzlWTjVFUFlxbWxlUDJtVVpwN0htVlFxcDgiLCJPU28zM2o5Qm1EYW9CdHNsV2tMRUV4VDUxUE9xU0pGLWt4dTIzYVV6RTEwIiwiT2F1Sk13dGRNTzBGNGh0QmJkWDA4Wng1bmZuNzdEOVNoN1dWVVZUVkZPVSIsIlRRY3FJbGFPWFVkMXpRNWxOT2xkUm1fY05ibk1ELWpaQ25NY0RfclNJckkiLCJoUXh5dHNMLVRBRFRYVnEyVVNPN182bVpJc0NPU2RkSU10b0RDRlZUbUZRIiwibTBLckRXMTFLMHg0dWZycmlSMWc5X2JxRlR5azUxelhuSTRSYXRqR3VKUSIsIm1mMnVYUjA3TUVUS0dObVNiZ00zWGUxNXpsN0puZmNfUW1mUmVpMFR0NE0iLCJ3Q0h5QmlJLWlLZjV0YjZuSjFoRnpxZHA0MHloTjlqN0s4YlUtR2tnTU1nIiwieGlEZS1VNi1hSklNMVd3d0FMdjNPbkhmZ2paeG5LNDVudGNObllVbHlFVSJdLCJfc2RfYWxnIjoic2hhLTI1NiIsImNhbXBhaWduIjoiNmI4ZGNhOTMtZjA0MC00YjU1LWE3ZWItMzhjZjAyYjdhNDk0IiwiY2hlY2tsaXN0IjoiNThkZGM3YWMtOWI4My00NTU2LTk4NzQtNzkwYTRiMzgyOTE4IiwiaWQiOiI1Zjc1NzAzMS1lYzc3LTRkMjEtYTk2NS00NDA0NGRkZGVmMjEiLCJtZWRpYSI6WyI2NWRlN2QwNjU3NmQ4YjQyZGJiM2QwZjUyMWE0ODQ1YzkzNjUxZDcwYjZhNmM3ZDc5ZDg2ZTc3NDc5MTk0MThmIl0sInN1cGVyc2VkZXMiOm51bGwsInVuaXQiOiJlZWI5NTc0Zi1kY2RmLTQxYTUtOTJmZC1kZWZhZjk3MjdmZjAiLCJ2IjoxfQ.12QnD8Nu_HVLexMfgyLq-8_TEUjUFLeQ7pCQkdf4jzevaRjMqY66Ko8zzr7hOVlz4tfNQ3Ste438kTjVxCaBjQ~WyIwcUFxMUJlVXpjQk05MVFNOElKRnh3IiwiZGF5IiwiMjAyNi0xMS0xMiJd~WyJndHNzdERZYkM2TGpTU0JzZDFobllBIiwidmlzaXQiLHsib3V0Y29tZSI6ImRvbmUiLCJyZWFzb24iOm51bGx9XQ~WyJSQ2Q4SnFZcEI3dzRSNVEzMTZFdVZnIiwic2l0ZSIsImI4Y2IwMTBhLWQ0NTMtNDBhNS1hMDEwLTFkMjEwOWYwZTcwNyJd~WyJqNktiZ2dqczk0VjdmWDUyeEkzZnlBIiwic3ViamVjdCIseyJraW5kIjoid2luZG93IiwibGFiZWwiOiI35Y-356qX5Y-jIn1d~WyItRzFMbjNqTERndmpTYXBBRDNfSjJBIiwicHJpdmF0ZSIsbnVsbF0~WyJuNThSMWFvMlYzdDZzNlNsLUN3Vk9BIiwiYW5zd2VycyIsW3siaXRlbSI6Im9uX2R1dHkiLCJ2YWx1ZSI6Im5vIn0seyJpdGVtIjoiZGVwdXR5IiwidmFsdWUiOiJubyJ9LHsiaXRlbSI6ImZpcnN0X2NvbnRhY3QiLCJ2YWx1ZSI6Im5vIn0seyJpdGVtIjoidG9sZF9vbmNlIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJub19wYXNzaW5nX29uIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJ0aW1lX3Byb21pc2UiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX291dHNpZGVfZmVlcyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fZmF2b3VycyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiYXR0aXR1ZGUiLCJ2YWx1ZSI6M30seyJpdGVtIjoiYmFkZ2UiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX3ByaXZhdGVfbWF0dGVycyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoicmF0aW5nX2RldmljZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiY29tcGxhaW50c19udW1iZXIiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImJhcnJpZXJfZnJlZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoid2FpdGluZyIsInZhbHVlIjozNX0seyJpdGVtIjoiYWJzZW50X3JlYXNvbiIsInZhbHVlIjpbInF1ZXVlIiwidW5rbm93biJdfV1d~WyJEbmo2emJNNjBfNTRISmJEOGs0RDJRIiwicmVtYXJrcyIsW3siaXRlbSI6Im9uX2R1dHkiLCJtZWRpYSI6WyI2NWRlN2QwNjU3NmQ4YjQyZGJiM2QwZjUyMWE0ODQ1YzkzNjUxZDcwYjZhNmM3ZDc5ZDg2ZTc3NDc5MTk0MThmIl0sInRleHQiOiLkuIrljYjkuZ3ngrnlm5vljYHliIboh7PljYHngrnljYHliIbvvIw35Y-356qX5Y-j5peg5Lq677yM5pS-572u4oCc5pqC5YGc5pyN5Yqh4oCd54mM77yM5pyJ576k5LyX562J5YCZ44CCIn0seyJpdGVtIjoiZGVwdXR5IiwibWVkaWEiOltdLCJ0ZXh0Ijoi562J5YCZ5LiJ5Y2B5YiG6ZKf77yM5peg5Lq66aG25bKX44CCIn0seyJpdGVtIjoiZmlyc3RfY29udGFjdCIsIm1lZGlhIjpbXSwidGV4dCI6IuWQkeebuOmCu-eql-WPo-ivoumXru-8jOetlOWkjeKAnOS4jea4healmuKAne-8jOacquW8lemihuOAgiJ9XV0~WyJyY3pJVEg4QmZ2cHM2cEkxaXZyZGZBIiwicGxhY2UiLHsiYWNjdXJhY3lfbSI6MTIsImF0IjoiMjAyNi0xMS0xMlQwMTozNjowMC4wMDBaIiwibGF0X2U3IjoyOTcwMTI5MDAsImxvbl9lNyI6MTE1OTkwMzYwMCwibWVhc3VyZWQiOm51bGwsInNvdXJjZSI6ImdwcyJ9XQ~WyJxT2VSaklSRFFZUlRNMjk2SEFxVmN3IiwiY2xvY2siLHsiZW5kZWRfYXQiOiIyMDI2LTExLTEyVDAyOjE1OjAwLjAwMFoiLCJtb25vdG9uaWNfbXMiOjI2NDAwMDAsInN0YXJ0ZWRfYXQiOiIyMDI2LTExLTEyVDAxOjM1OjAwLjAwMFoiLCJzdWJtaXR0ZWRfYXQiOiIyMDI2LTExLTEyVDAyOjE5OjAwLjAwMFoifV0~WyJjSW5zSk8wUXlMdUF0WnJyamVsbGd3IiwicmlkZSIsbnVsbF0~WyJiRjNmbkh4RFByUE9EVzRkOWxvQTZnIiwibWVkaWFfZGV0YWlscyIsW3siYWNjdXJhY3lfbSI6MTIsImJ5dGVzIjoyMzIwMjgsImNhcHR1cmVkX2F0IjoiMjAyNi0xMS0xMlQwMTo1NTowMC4wMDBaIiwiaXRlbSI6Im9uX2R1dHkiLCJsYXRfZTciOjI5NzAxMjkwMCwibG9uX2U3IjoxMTU5OTAzNjAwLCJtaW1lIjoiaW1hZ2UvanBlZyIsInNoYTI1NiI6IjY1ZGU3ZDA2NTc2ZDhiNDJkYmIzZDBmNTIxYTQ4NDVjOTM2NTFkNzBiNmE2YzdkNzlkODZlNzc0NzkxOTQxOGYiLCJzb3VyY2UiOiJjYW1lcmEifV1d~WyJYRFkzNmRMYWMtdEVxTUVEUWhOb2lBIiwib3JpZ2luIix7ImFwcCI6ImFuZmFuZy1kZW1vLzEiLCJhc3NpZ25tZW50IjpudWxsLCJrZXlfcHJvdGVjdGlvbiI6Im5vbmUiLCJ0aWNrZXQiOiJleUpoYkdjaU9pSkZVekkxTmlJc0ltdHBaQ0k2SW5FelNIcGZUWHBGV1UxWE4yNW5kSGcyZFVweFQySnhiMkV5WjJKUWMyczBhREU1YUVOdFdtVjVhRUVpTENKMGVYQWlPaUowYVdOclpYUXJhbmQwSW4wLmV5SnViMjVqWlNJNkltUkNkME5CZEV4ek5Fd3RXSFZsZVZodE9UZzVNME42Y21OVE1IQXhVSFpvZW1WdGVYVmZSelJMYkVraUxDSnpaWEoyWlhKZmRHbHRaU0k2SWpJd01qWXRNVEV0TVRKVU1EQTZOVFU2TURBdU1EQXdXaUo5LnlLUWRLc1V0X2VWNGFtVkw5ZDl1cTVtdkhXUUFSTFBRdGEtYS0wd2xDSmZEZXNTd2s5RzVKcnZhVDJaNW9yYkNTNDc0WUJsMVlWcGNpWHRYUjhScjh3IiwidXNlcl9hZ2VudCI6ImFuZmFuZy1kZW1vLzEifV0~WyJYZDJoYUtwaEdoeWpsT3dXUzJPZldRIiwibm90ZSIsbnVsbF0~','{"campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494", "checklist": "58ddc7ac-9b83-4556-9874-790a4b382918", "id": "5f757031-ec77-4d21-a965-44044dddef21", "media": ["65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f"], "supersedes": null, "unit": "eeb9574f-dcdf-41a5-92fd-defaf9727ff0", "v": 1}','{"day": "2026-11-12", "visit": {"outcome": "done", "reason": null}, "site": "b8cb010a-d453-40a5-a010-1d2109f0e707", "subject": {"kind": "window", "label": "7\u53f7\u7a97\u53e3"}, "private": null, "answers": [{"item": "on_duty", "value": "no"}, {"item": "deputy", "value": "no"}, {"item": "first_contact", "value": "no"}, {"item": "told_once", "value": "yes"}, {"item": "no_passing_on", "value": "yes"}, {"item": "time_promise", "value": "yes"}, {"item": "no_outside_fees", "value": "yes"}, {"item": "no_favours", "value": "yes"}, {"item": "attitude", "value": 3}, {"item": "badge", "value": "yes"}, {"item": "no_private_matters", "value": "yes"}, {"item": "rating_device", "value": "yes"}, {"item": "complaints_number", "value": "yes"}, {"item": "barrier_free", "value": "yes"}, {"item": "waiting", "value": 35}, {"item": "absent_reason", "value": ["queue", "unknown"]}], "remarks": [{"item": "on_duty", "media": ["65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f"], "text": "\u4e0a\u5348\u4e5d\u70b9\u56db\u5341\u5206\u81f3\u5341\u70b9\u5341\u5206\uff0c7\u53f7\u7a97\u53e3\u65e0\u4eba\uff0c\u653e\u7f6e\u201c\u6682\u505c\u670d\u52a1\u201d\u724c\uff0c\u6709\u7fa4\u4f17\u7b49\u5019\u3002"}, {"item": "deputy", "media": [], "text": "\u7b49\u5019\u4e09\u5341\u5206\u949f\uff0c\u65e0\u4eba\u9876\u5c97\u3002"}, {"item": "first_contact", "media": [], "text": "\u5411\u76f8\u90bb\u7a97\u53e3\u8be2\u95ee\uff0c\u7b54\u590d\u201c\u4e0d\u6e05\u695a\u201d\uff0c\u672a\u5f15\u9886\u3002"}], "place": {"accuracy_m": 12, "at": "2026-11-12T01:36:00.000Z", "lat_e7": 297012900, "lon_e7": 1159903600, "measured": null, "source": "gps"}, "clock": {"ended_at": "2026-11-12T02:15:00.000Z", "monotonic_ms": 2640000, "started_at": "2026-11-12T01:35:00.000Z", "submitted_at": "2026-11-12T02:19:00.000Z"}, "ride": null, "media_details": [{"accuracy_m": 12, "bytes": 232028, "captured_at": "2026-11-12T01:55:00.000Z", "item": "on_duty", "lat_e7": 297012900, "lon_e7": 1159903600, "mime": "image/jpeg", "sha256": "65de7d06576d8b42dbb3d0f521a4845c93651d70b6a6c7d79d86e7747919418f", "source": "camera"}], "origin": {"app": "anfang-demo/1", "assignment": null, "key_protection": "none", "ticket": "eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJ0aWNrZXQrand0In0.eyJub25jZSI6ImRCd0NBdExzNEwtWHVleVhtOTg5M0N6cmNTMHAxUHZoemVteXVfRzRLbEkiLCJzZXJ2ZXJfdGltZSI6IjIwMjYtMTEtMTJUMDA6NTU6MDAuMDAwWiJ9.yKQdKsUt_eV4amVL9d9uq5mvHWQARLPQta-a-0wlCJfDesSwk9G5JrvaT2Z5orbCS474YBl1YVpciXtXR8Rr8w", "user_agent": "anfang-demo/1"}, "note": null}','JZgOxhmtw5k1CDtVWvQwYuekFpkQJhYm2D8qPDbaY_c','e5148f55ae36a90feea0ed8c4911884c.SlhJySAtmQ1bHS3nZcUPJpz2PwYiYK5tW0FK6eBG83YrNOE3qiDVZHDoaCMP_dsx4INfcVSySLPYtYQt0k-s5K3J9Mt_uNHGyKd2bKDkGcjdTsOiN8sdNAU2mEvEhn8uXsBtTCusil_jyDHWj82noMTIdYdEpYNstoM-_GFhwbh7R9H4-IXZ16oaTUQhhEg9kD6hkOiqvutP_tCuFPo5ayxaEkM2MPZir2_hh3WPu_VgCreFRM0NekZS9jM-XJdm8PHGMjef0-549uCvuJgEh0p9breCaHJY5IpxDnG1lKM0t-qJKkf7IlR2mpPcd83IxEGSCedmocYk4pngv3WVfXAutlc084MMmnlYCNrkp7m9ffo6G9UZkxxkv7_rceos0Z6MzDT1_5YpjCWX19uiIdddcOZZ4UvNx-_UzvSf0F10j5KvVJIoLGseFX-fO3RRDX0uToCth7smoD2MU-DBSn22v9vnBRpxFhycBiB4sATcLX6NkkwEQugMbsQwjy8pC6EsIJcvFNAOs17Fg8RbRfcGSX2oIG9jKpceaCmVQdeLDMPoWNHfNilxzwpHOOzR0v1ENtn7W3w66d8Xgw','52f73f2169823a6a217dd40a787afc46135f1228271244fdf328db5df53e44f2','12592d2bf42f91f8c4643833a0ca920117ea96dab77e75bb5940e84a123bc6fd','932366ce8568466ca20ee8ac83541cf9',0,'{"points": 68, "out_of": 100, "covered": 100, "vetoes": [], "failed": ["on_duty", "deputy", "first_contact"], "missing": [], "out_of_range": []}','2026-11-12 02:44:00.000000','2026-11-13 16:00:00.000000','eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJyZWNlaXB0K2p3dCJ9.eyJjZXJ0aWZpY2F0ZV9jb21taXRtZW50IjoiNTJmNzNmMjE2OTgyM2E2YTIxN2RkNDBhNzg3YWZjNDYxMzVmMTIyODI3MTI0NGZkZjMyOGRiNWRmNTNlNDRmMiIsImNvbXBsZXRlIjp0cnVlLCJsb2dfYnkiOiIyMDI2LTExLTEzVDE2OjAwOjAwLjAwMFoiLCJtZWRpYSI6WyI2NWRlN2QwNjU3NmQ4YjQyZGJiM2QwZjUyMWE0ODQ1YzkzNjUxZDcwYjZhNmM3ZDc5ZDg2ZTc3NDc5MTk0MThmIl0sInJlY2VpdmVkX2F0IjoiMjAyNi0xMS0xMlQwMjo0NDowMC4wMDBaIiwicmVjb3JkIjoiNWY3NTcwMzEtZWM3Ny00ZDIxLWE5NjUtNDQwNDRkZGRlZjIxIiwicmVjb3JkX3NoYTI1NiI6ImRhZmYxZTA2YTk4OGU5OTcwZDQyNzdmZDc5ZmMwZDIyYTAwNTIxMWM2ZTQ1NGJiM2QzMmRkNTVmMmJhYzk1MjUifQ.T4vItpRomqe4ar12f5sXFfeZOl6Wll5Ne0oEpX-RN57hNyz2nfE-B3SRYBaOygO6J6_JS1sD2G-nxicS-55-vg','2026-11-12 02:44:00.000000');
INSERT INTO "record_versions" VALUES('a181a91ed895e6b19506086604ce098fa22c816ddaaeb0130b40760b1173b154','50f9d8beaf9b4ad38455bd5009775c38',1,NULL,'eyJhbGciOiJFUzI1NiIsImp3ayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6InZtZzlZT2hoTzRQSjA2UXJRdjg4bkxIb3FuTlN4YjBtOWtNZnJtNUhwU2MiLCJ5IjoiUUp2dDc2ZDRKc2ZXWnRPX2pJU1kwYnBkelg4aFljUWM3ZzVmOU9xUlZabyJ9LCJ0eXAiOiJpbnNwZWN0aW9uK3NkLWp3dCJ9.eyJfc2QiOlsiMXB0ZXo2RjNJVXN1OWxvaU16OTNROGpmVGlQbzJTdFNEOW0zc3pRYkY0RSIsIjJIVEM5LVU1YWpLbzdkZ29TZzJCbExFQmdFc19Wby16cWNLWVExR2t5Q3MiLCIzU2hjcUxDd2oxMlk3YktPbURyZGZ1RVBTVHI2TmM3ZVlfWHQ3U0Z0dWtJIiwiM3lwOUpHVHhXN1E3UmF1UEN3RVRqS0o1TFpjMHlsYm40VE1MSFdhQ041VSIsIjdPVEYzc3VkV0dmamVYY2FqQkxzTXdUcnVHOEhWbVE5TWQtYXBtTkxNNWsiLCI5UG5VM2UyWG1qRE14Zm5fM1FidHhwWmE0TVF2b0lwSEtPS1kwaExhWmdrIiwiUUl3cDFyeEd3WkFZV3JaU3BKZzV5a2tEaVV3cWVEYWxRcmE1c19zVnBCQSIsIllvbXZFWWdVOW5RYW8yZ01UTDVTUTVDenJZTkh1cDQ1OVFLYWpaQ0g0aDAiLCJaRmxqZ0hud0U3dW1wd3N6bUg3OW9weTR0WVhHbkN6WnZPQmo4czJUQWFJIiwiYi1zZV9tZDcxYThaVkV4RzJuRUVCMDdKeU81NnVKUk1KSU9oQlZxYXhLWSIsImdtb05INzVQRnJ3TWlxZ0NxN09makZnUFJwNHJOSEJHTm1XNjhlR19QeXciLCJ1R2pOaTZXWTdtM1dFQnJKU3NIQTk0SHIzNi1YTWdVRkI5Z3dkdWJLWGwwIiwidmwxUHVpNmpBRWg1U2RlMllsam45cjFxN2paSzRncVB4WWI4NEdqRl9PcyJdLCJfc2RfYWxnIjoic2hhLTI1NiIsImNhbXBhaWduIjoiNmI4ZGNhOTMtZjA0MC00YjU1LWE3ZWItMzhjZjAyYjdhNDk0IiwiY2hlY2tsaXN0IjoiNThkZGM3YWMtOWI4My00NTU2LTk4NzQtNzkwYTRiMzgyOTE4IiwiaWQiOiI1MGY5ZDhiZS1hZjliLTRhZDMtODQ1NS1iZDUwMDk3NzVjMzgiLCJtZWRpYSI6W10sInN1cGVyc2VkZXMiOm51bGwsInVuaXQiOiI1NzIxYTJiNi1kYzZlLTQ5M2YtOTgwZC02NWMzNmRjNzY3MDMiLCJ2IjoxfQ.uWN3551u4QCOVw1gKXzWRk_dwIH9Ws515utXnsbbTzAe5T9TVhaY9EnRmVwCET4Zt5o8vK25ICteOcmMB9HO8g~WyIzemVhdWdNRDRleEdfeWp5aDJVZnpnIiwiZGF5IiwiMjAyNi0xMS0xNCJd~WyJtaUlMc0xycmJIdmw0OG1idHRKM0Z3IiwidmlzaXQiLHsib3V0Y29tZSI6ImRvbmUiLCJyZWFzb24iOm51bGx9XQ~WyJOVWJpbkN0U3pVTEZ6ZWRvclc5YjNnIiwic2l0ZSIsIjczZTk3M2Y3LWQ1MmYtNGFjOS05NDc0LTBkNjNhMzBkM2YyMyJd~WyJhc1ljZUQ5NnpBS2NpWXA0UGw4WV9BIiwic3ViamVjdCIseyJraW5kIjoid2luZG93IiwibGFiZWwiOiIz5Y-356qX5Y-jIn1d~WyJ2XzlHSXdoOUx6WkpWb1RsT25JSFVRIiwicHJpdmF0ZSIsbnVsbF0~WyJWRF9iYXdLdUI0Z2dMaUxodjByU19BIiwiYW5zd2VycyIsW3siaXRlbSI6Im9uX2R1dHkiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImRlcHV0eSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiZmlyc3RfY29udGFjdCIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoidG9sZF9vbmNlIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJub19wYXNzaW5nX29uIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJ0aW1lX3Byb21pc2UiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX291dHNpZGVfZmVlcyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fZmF2b3VycyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiYXR0aXR1ZGUiLCJ2YWx1ZSI6NX0seyJpdGVtIjoiYmFkZ2UiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX3ByaXZhdGVfbWF0dGVycyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoicmF0aW5nX2RldmljZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiY29tcGxhaW50c19udW1iZXIiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImJhcnJpZXJfZnJlZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoid2FpdGluZyIsInZhbHVlIjo2fSx7Iml0ZW0iOiJhYnNlbnRfcmVhc29uIiwidmFsdWUiOiJuYSJ9XV0~WyI0c0FFU2pJVHI4R1Q0SGRTVW9KdWpRIiwicmVtYXJrcyIsW11d~WyJEU2NkOGpuQzdoaC1RWTBDQThIa2d3IiwicGxhY2UiLHsiYWNjdXJhY3lfbSI6OSwiYXQiOiIyMDI2LTExLTE0VDAyOjMxOjAwLjAwMFoiLCJsYXRfZTciOjI5NzAzMTQwMCwibG9uX2U3IjoxMTU5OTI4NTAwLCJtZWFzdXJlZCI6bnVsbCwic291cmNlIjoiZ3BzIn1d~WyJHMWxmNUx3OHZtV1FTRG1ZQ1c0a2lBIiwiY2xvY2siLHsiZW5kZWRfYXQiOiIyMDI2LTExLTE0VDAyOjUwOjAwLjAwMFoiLCJtb25vdG9uaWNfbXMiOjE0NDAwMDAsInN0YXJ0ZWRfYXQiOiIyMDI2LTExLTE0VDAyOjMwOjAwLjAwMFoiLCJzdWJtaXR0ZWRfYXQiOiIyMDI2LTExLTE0VDAyOjU0OjAwLjAwMFoifV0~WyJQc2dQejZtMDRDOXotVXZVU29PZVRBIiwicmlkZSIsbnVsbF0~WyJ0ZkRfTi15WnFRdTBRM3JCNjlpd1R3IiwibWVkaWFfZGV0YWlscyIsW11d~WyJDMWJPbHhjZnp4bzB0clppd2Z5Mi1RIiwib3JpZ2luIix7ImFwcCI6ImFuZmFuZy1kZW1vLzEiLCJhc3NpZ25tZW50IjpudWxsLCJrZXlfcHJvdGVjdGlvbiI6Im5vbmUiLCJ0aWNrZXQiOiJleUpoYkdjaU9pSkZVekkxTmlJc0ltdHBaQ0k2SW5FelNIcGZUWHBGV1UxWE4yNW5kSGcyZFVweFQySnhiMkV5WjJKUWMyczBhREU1YUVOdFdtVjVhRUVpTENKMGVYQWlPaUowYVdOclpYUXJhbmQwSW4wLmV5SnViMjVqWlNJNkluUkxhRkUwUm1ZNVZHTmxUemx1ZDJ4WlNteHFhMkYzWXpFeWJHTnJUamRCV0U5aGVTMUNYMGRUV1VVaUxDSnpaWEoyWlhKZmRHbHRaU0k2SWpJd01qWXRNVEV0TVRSVU1ERTZOVEE2TURBdU1EQXdXaUo5Lmd2WU5uZkVmZG1mNmNsWTN0X3N0SWJfX244eXFkZFp0WnJlTXlNSFBtQ3dwb0pWSXkyTDM5Q0NZdmhCUmpxbnNmSzVSb0lidjZ0NFA4clViNlJaZnJRIiwidXNlcl9hZ2VudCI6ImFuZmFuZy1kZW1vLzEifV0~WyJpRzI0ZjNJRkN6YUlULXJVR0VQN1FnIiwibm90ZSIsIuS4u-WKqOi1t-i6q-aOpeW-he-8jOS4gOasoeivtOa4heaJgOmcgOadkOaWmeOAgiJd~','{"campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494", "checklist": "58ddc7ac-9b83-4556-9874-790a4b382918", "id": "50f9d8be-af9b-4ad3-8455-bd5009775c38", "media": [], "supersedes": null, "unit": "5721a2b6-dc6e-493f-980d-65c36dc76703", "v": 1}','{"day": "2026-11-14", "visit": {"outcome": "done", "reason": null}, "site": "73e973f7-d52f-4ac9-9474-0d63a30d3f23", "subject": {"kind": "window", "label": "3\u53f7\u7a97\u53e3"}, "private": null, "answers": [{"item": "on_duty", "value": "yes"}, {"item": "deputy", "value": "yes"}, {"item": "first_contact", "value": "yes"}, {"item": "told_once", "value": "yes"}, {"item": "no_passing_on", "value": "yes"}, {"item": "time_promise", "value": "yes"}, {"item": "no_outside_fees", "value": "yes"}, {"item": "no_favours", "value": "yes"}, {"item": "attitude", "value": 5}, {"item": "badge", "value": "yes"}, {"item": "no_private_matters", "value": "yes"}, {"item": "rating_device", "value": "yes"}, {"item": "complaints_number", "value": "yes"}, {"item": "barrier_free", "value": "yes"}, {"item": "waiting", "value": 6}, {"item": "absent_reason", "value": "na"}], "remarks": [], "place": {"accuracy_m": 9, "at": "2026-11-14T02:31:00.000Z", "lat_e7": 297031400, "lon_e7": 1159928500, "measured": null, "source": "gps"}, "clock": {"ended_at": "2026-11-14T02:50:00.000Z", "monotonic_ms": 1440000, "started_at": "2026-11-14T02:30:00.000Z", "submitted_at": "2026-11-14T02:54:00.000Z"}, "ride": null, "media_details": [], "origin": {"app": "anfang-demo/1", "assignment": null, "key_protection": "none", "ticket": "eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJ0aWNrZXQrand0In0.eyJub25jZSI6InRLaFE0RmY5VGNlTzlud2xZSmxqa2F3YzEybGNrTjdBWE9heS1CX0dTWUUiLCJzZXJ2ZXJfdGltZSI6IjIwMjYtMTEtMTRUMDE6NTA6MDAuMDAwWiJ9.gvYNnfEfdmf6clY3t_stIb__n8yqddZtZreMyMHPmCwpoJVIy2L39CCYvhBRjqnsfK5RoIbv6t4P8rUb6RZfrQ", "user_agent": "anfang-demo/1"}, "note": "\u4e3b\u52a8\u8d77\u8eab\u63a5\u5f85\uff0c\u4e00\u6b21\u8bf4\u6e05\u6240\u9700\u6750\u6599\u3002"}','VUO4CTunNg6ki8RLqGWK9jPNMfJ9UCyjz5NEU4yIfYw','e5148f55ae36a90feea0ed8c4911884c.e0G142Cb3ouJVzGE9Mrn_H3dMjm2m60QCPOsUmMEHkufj0HOWPtIm3uF8z7RvievlpnDmpdUU2AvJWdr1iWBBA9cW-W9NcTzSudPml0B4LCOQl4rCN1K0YnxUSKuDREkayp-w7TiYOmafZ-ryFseeu027jOKMDVCplajoJyNiWBfS2idugT9pTYudJb_SdeNX3Rkct65yiqWADU-74CxxvCqsntnc_FNbKWH0nl65ILrfu3R0VIycnfRu1MFvkhMMkPWqtiP9rkUeMpLJBUS07zC10XvQSSdXNeWJSv8InrRfT10HZ3nMvi5HJtgluUuSszpBwRU8jAzPLQ9uyKYhPVHwtoLIeiCl2ctX7o3RC6fcFrlmHGv9_e214wX9TiRtUj4hB-aXKwjMXAttPDomVQOF4A3BXqzKnNdfSe3SeZlv2HNWrts50moFs1Wa04XjxW4HIGXjWp2bM1UgNyfORHfSBaDEBkJe9a8_FxihHmI3s8S4dbyWSuUz4CXqr9PeLc36MQr6fcQ8MPMEctfZ7rJB450OSubMopQOG2zvwPBaoNjBGIHNf_RD_JaeU33s0MruYRZHjIUhIqIHg','b3dee6c592b0e670b8f214b45601a78bfd01df5e3d26e74935ac223ddd97816b','bc6718b695f4c947ec9017f6442ed14d53755c33b179585876176b80cd4f2595','932366ce8568466ca20ee8ac83541cf9',0,'{"points": 100, "out_of": 100, "covered": 100, "vetoes": [], "failed": [], "missing": [], "out_of_range": []}','2026-11-14 03:19:00.000000','2026-11-15 16:00:00.000000','eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJyZWNlaXB0K2p3dCJ9.eyJjZXJ0aWZpY2F0ZV9jb21taXRtZW50IjoiYjNkZWU2YzU5MmIwZTY3MGI4ZjIxNGI0NTYwMWE3OGJmZDAxZGY1ZTNkMjZlNzQ5MzVhYzIyM2RkZDk3ODE2YiIsImNvbXBsZXRlIjp0cnVlLCJsb2dfYnkiOiIyMDI2LTExLTE1VDE2OjAwOjAwLjAwMFoiLCJtZWRpYSI6W10sInJlY2VpdmVkX2F0IjoiMjAyNi0xMS0xNFQwMzoxOTowMC4wMDBaIiwicmVjb3JkIjoiNTBmOWQ4YmUtYWY5Yi00YWQzLTg0NTUtYmQ1MDA5Nzc1YzM4IiwicmVjb3JkX3NoYTI1NiI6ImExODFhOTFlZDg5NWU2YjE5NTA2MDg2NjA0Y2UwOThmYTIyYzgxNmRkYWFlYjAxMzBiNDA3NjBiMTE3M2IxNTQifQ.pQNtoA0z_AQlUkV1rIAmp8EPYLnpNXSR4j6HORYKO0RD1iWfd4TvwPkqa2HyoMiclqSrL7BoXuoUDphRDiLWjg','2026-11-14 03:19:00.000000');
INSERT INTO "record_versions" VALUES('4c0c22985e10adcfc8b1f9bc0abece8051e70cdec636d07689a44778bbdde976','196271a566934b38bd6f3ee48b8322af',1,NULL,'eyJhbGciOiJFUzI1NiIsImp3ayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6IkwzbUdlNGNrYXVUX2hWUGt5SllvNl9KV0h0X09CQ3FBQjZIRXl2QWhETjgiLCJ5Ijoic0EzQ0lia0JVWmprcjU2LTdXZVhTczBHa0RTTFhBNVEyeTEwdl9ZRjlzUSJ9LCJ0eXAiOiJpbnNwZWN0aW9uK3NkLWp3dCJ9.eyJfc2QiOlsiMXRNOHBuU1hsbVpTY3JQekl0TU1WQVhxVV9yT3hrLTFkc25rUTFPX190YyIsIjdmMlNZZjQ4alA2SWNocHBjaUo4OVRzbnNlTHVIcXNvWWl2cDU4c2ROVVEiLCI3c2JoUk9fenoyQzZSM3JYRy1FUGg3Q1FVczl6MVBPUW8tbDBPTHlsMUFRIiwiOXo1d3paeTlkVEFOc3lmZ2pvTUtScjlOdHVEZUxfTTVlS0RIUEd1S003OCIsIkI1cDdUME9nQ3lYTzNwbWRMaEZ6eVNYSW92MEp4b0V3MXJndERxeDhNLUkiLCJCbXNJTENkWmZSaGgzajFmZ0NFbnpUc2dmZTNhTHZTMXh0c1VnQlBIUlNRIiwiSkNsUHhnRVhjd3BGOGRhU3FFd0hYZWtZbUlYNTBrdWNKMEV6NXY2VnBBUSIsIkxtaFhhb0kzQXlrRERtSTFONVpxNDJ1aU5hVjNyQkczOXRvR2J1bWgtWDAiLCJTVWQ2OF9TRjUybjFzbDRNT1FyMEY3OGNEcUJobGN2ZTduc21HSlJyMEk0IiwiVjJVd2hFVFZJX1BEUUJ0OHNxQ0FvV2ZiUlZpTlRBODdSajE3MDNaeXpMcyIsIlZneFdIUnBCRklLdml0UWNMM015MHU1N1EyNVlBYTVmN2pPOV9qVmRzdzAiLCJXazRsOERIWDFlSnFVajNKNEVITDdOUFJ5TlJEOEY1d3RqYVlNazJHMDRFIiwidzQzeFJDa0lSN3Z6dGI3TGtIZnRfSHNoOFAtOEltTlVPbUpmLWlpNzV6VSJdLCJfc2RfYWxnIjoic2hhLTI1NiIsImNhbXBhaWduIjoiNmI4ZGNhOTMtZjA0MC00YjU1LWE3ZWItMzhjZjAyYjdhNDk0IiwiY2hlY2tsaXN0IjoiYWEwYWY3NjUtMThlNi00ZmEwLTk5MmQtZjMzNGE0NTg5MmMwIiwiaWQiOiIxOTYyNzFhNS02NjkzLTRiMzgtYmQ2Zi0zZWU0OGI4MzIyYWYiLCJtZWRpYSI6WyI0YWFlZDNkMDAzMjQxZTI1NzVmMWJkZDJlYzVhNTk1MGMwZjdmMDJiYjczMmIzOTQ3MTM5YjlhZDhlZWI0YzliIl0sInN1cGVyc2VkZXMiOm51bGwsInVuaXQiOiJmNTQyZmI0Mi00NTNhLTRlNTctYTc0OS00MzQzY2RhNWY3NTUiLCJ2IjoxfQ.iiPCTeWum3MFnGJ8Se6kUOAIikTVS-5-69cgsqFj0Ap7f4D6424zqu8LQ9YXfSix6_dIPR8Q1rj-I0otT9gPAA~WyJfdUNEcjA4Nk82NE5ILUJtQWtOaGxBIiwiZGF5IiwiMjAyNi0xMS0xOSJd~WyJUUmtGZEJ2OUhGNGpfVGI5YWlpbDl3IiwidmlzaXQiLHsib3V0Y29tZSI6ImRvbmUiLCJyZWFzb24iOm51bGx9XQ~WyI1V2haX2JGZWNod1BRb3laazRkc3hRIiwic2l0ZSIsIjAxOWViNjNjLTNmYjAtNDlhYS1iNTcyLTMwOTJmNGQ1N2MyYiJd~WyJqR0lXeUYzQnRGcFFyZWdCWllPUnd3Iiwic3ViamVjdCIseyJraW5kIjoib2ZmaWNlIiwibGFiZWwiOiLkuozlsYLnu7zlkIjnp5Hlip7lhazlrqQifV0~WyJKTGNpXzc5aWpLLV82RFFtZjBoX2J3IiwicHJpdmF0ZSIsbnVsbF0~WyJsNXY0NnVIMFhtamxEQjh2T3V6ajVBIiwiYW5zd2VycyIsW3siaXRlbSI6InB1bmN0dWFsIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJwcmVzZW50IiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJ3aGVyZWFib3V0cyIsInZhbHVlIjoibm8ifSx7Iml0ZW0iOiJub19nYW1lcyIsInZhbHVlIjoibm8ifSx7Iml0ZW0iOiJub190cmFkaW5nIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJub19nYW1ibGluZ19kcmlua2luZyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiZmxvb3IiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImRlc2tzIiwidmFsdWUiOiJubyJ9LHsiaXRlbSI6ImNhYmluZXRzIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJjb21tb25fYXJlYXMiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX3Ntb2tpbmciLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6InBob25lX2Fuc3dlcmVkIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJwaG9uZV91bml0X25hbWVkIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJwaG9uZV9tYW5uZXJzIiwidmFsdWUiOjN9LHsiaXRlbSI6InBob25lX2hlbHBmdWwiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6InN0YWZmX2Fic2VudCIsInZhbHVlIjoxfSx7Iml0ZW0iOiJzaXR1YXRpb24iLCJ2YWx1ZSI6IuWOu-WQkeeJjOaYvuekuuWcqOWyl--8jOWunumZheW6p-S9jeaXoOS6uu-8jOeUteiEkeWBnOWcqOe6uOeJjOa4uOaIj-eVjOmdouOAgiJ9XV0~WyJnZEdBOXYwanFZZ0ZhVWFHM2k2ek1RIiwicmVtYXJrcyIsW3siaXRlbSI6Im5vX2dhbWVzIiwibWVkaWEiOlsiNGFhZWQzZDAwMzI0MWUyNTc1ZjFiZGQyZWM1YTU5NTBjMGY3ZjAyYmI3MzJiMzk0NzEzOWI5YWQ4ZWViNGM5YiJdLCJ0ZXh0Ijoi5peg5Lq655qE5bel5L2N5LiK77yM55S16ISR5pi-56S657q454mM5ri45oiP44CCIn0seyJpdGVtIjoiZGVza3MiLCJtZWRpYSI6W10sInRleHQiOiLmoYzpnaLloIbmlL7mlrnkvr_pnaLlkozmnYLnianjgIIifV1d~WyJLcG1CdDdnaHAzRjh1bnRiTHNqU3NnIiwicGxhY2UiLHsiYWNjdXJhY3lfbSI6MjIsImF0IjoiMjAyNi0xMS0xOVQwNjo1MTowMC4wMDBaIiwibGF0X2U3IjoyOTcwNDg2MDAsImxvbl9lNyI6MTE1OTg2MTcwMCwibWVhc3VyZWQiOm51bGwsInNvdXJjZSI6ImdwcyJ9XQ~WyJET3N2emNfYWd5MWlqQU9iQ0dRZnRnIiwiY2xvY2siLHsiZW5kZWRfYXQiOiIyMDI2LTExLTE5VDA3OjE1OjAwLjAwMFoiLCJtb25vdG9uaWNfbXMiOjE3NDAwMDAsInN0YXJ0ZWRfYXQiOiIyMDI2LTExLTE5VDA2OjUwOjAwLjAwMFoiLCJzdWJtaXR0ZWRfYXQiOiIyMDI2LTExLTE5VDA3OjE5OjAwLjAwMFoifV0~WyIxbXVkN1ZiUEFqM2o5SHgwbTFCdGh3IiwicmlkZSIsbnVsbF0~WyJ1MGNzeWNMbWZNdVB0eVNPQjQzbnJRIiwibWVkaWFfZGV0YWlscyIsW3siYWNjdXJhY3lfbSI6MjIsImJ5dGVzIjoyMjY0NDIsImNhcHR1cmVkX2F0IjoiMjAyNi0xMS0xOVQwNzowMjozMC4wMDBaIiwiaXRlbSI6Im5vX2dhbWVzIiwibGF0X2U3IjoyOTcwNDg2MDAsImxvbl9lNyI6MTE1OTg2MTcwMCwibWltZSI6ImltYWdlL2pwZWciLCJzaGEyNTYiOiI0YWFlZDNkMDAzMjQxZTI1NzVmMWJkZDJlYzVhNTk1MGMwZjdmMDJiYjczMmIzOTQ3MTM5YjlhZDhlZWI0YzliIiwic291cmNlIjoiY2FtZXJhIn1dXQ~WyJFbWtPckZzcVFxXy1laFlPSjZzdnBBIiwib3JpZ2luIix7ImFwcCI6ImFuZmFuZy1kZW1vLzEiLCJhc3NpZ25tZW50IjpudWxsLCJrZXlfcHJvdGVjdGlvbiI6Im5vbmUiLCJ0aWNrZXQiOiJleUpoYkdjaU9pSkZVekkxTmlJc0ltdHBaQ0k2SW5FelNIcGZUWHBGV1UxWE4yNW5kSGcyZFVweFQySnhiMkV5WjJKUWMyczBhREU1YUVOdFdtVjVhRUVpTENKMGVYQWlPaUowYVdOclpYUXJhbmQwSW4wLmV5SnViMjVqWlNJNklubFBXazk1VjJSdVFTMUpVV2hNTlVKWU9XY3dlWEpYY1ZNeExXWklUSFY2ZVZWTVp6SkhSVkJ1UTBFaUxDSnpaWEoyWlhKZmRHbHRaU0k2SWpJd01qWXRNVEV0TVRsVU1EWTZNVEE2TURBdU1EQXdXaUo5LmlQYnpIUFhCUFYxbXktS3otUUhfNE9tTkFQcWdZMGdxR0N1Mm51SmNVTDAzRTR4RXJDQk91WUZsTll6LXNXVFdxWkZONFpNVmZ6OVBLeHcyUEZfcDFBIiwidXNlcl9hZ2VudCI6ImFuZmFuZy1kZW1vLzEifV0~WyJRa0Z1ZTdlNEs5cHAwUUs1LTZrVWFBIiwibm90ZSIsbnVsbF0~','{"campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494", "checklist": "aa0af765-18e6-4fa0-992d-f334a45892c0", "id": "196271a5-6693-4b38-bd6f-3ee48b8322af", "media": ["4aaed3d003241e2575f1bdd2ec5a5950c0f7f02bb732b3947139b9ad8eeb4c9b"], "supersedes": null, "unit": "f542fb42-453a-4e57-a749-4343cda5f755", "v": 1}','{"day": "2026-11-19", "visit": {"outcome": "done", "reason": null}, "site": "019eb63c-3fb0-49aa-b572-3092f4d57c2b", "subject": {"kind": "office", "label": "\u4e8c\u5c42\u7efc\u5408\u79d1\u529e\u516c\u5ba4"}, "private": null, "answers": [{"item": "punctual", "value": "yes"}, {"item": "present", "value": "yes"}, {"item": "whereabouts", "value": "no"}, {"item": "no_games", "value": "no"}, {"item": "no_trading", "value": "yes"}, {"item": "no_gambling_drinking", "value": "yes"}, {"item": "floor", "value": "yes"}, {"item": "desks", "value": "no"}, {"item": "cabinets", "value": "yes"}, {"item": "common_areas", "value": "yes"}, {"item": "no_smoking", "value": "yes"}, {"item": "phone_answered", "value": "yes"}, {"item": "phone_unit_named", "value": "yes"}, {"item": "phone_manners", "value": 3}, {"item": "phone_helpful", "value": "yes"}, {"item": "staff_absent", "value": 1}, {"item": "situation", "value": "\u53bb\u5411\u724c\u663e\u793a\u5728\u5c97\uff0c\u5b9e\u9645\u5ea7\u4f4d\u65e0\u4eba\uff0c\u7535\u8111\u505c\u5728\u7eb8\u724c\u6e38\u620f\u754c\u9762\u3002"}], "remarks": [{"item": "no_games", "media": ["4aaed3d003241e2575f1bdd2ec5a5950c0f7f02bb732b3947139b9ad8eeb4c9b"], "text": "\u65e0\u4eba\u7684\u5de5\u4f4d\u4e0a\uff0c\u7535\u8111\u663e\u793a\u7eb8\u724c\u6e38\u620f\u3002"}, {"item": "desks", "media": [], "text": "\u684c\u9762\u5806\u653e\u65b9\u4fbf\u9762\u548c\u6742\u7269\u3002"}], "place": {"accuracy_m": 22, "at": "2026-11-19T06:51:00.000Z", "lat_e7": 297048600, "lon_e7": 1159861700, "measured": null, "source": "gps"}, "clock": {"ended_at": "2026-11-19T07:15:00.000Z", "monotonic_ms": 1740000, "started_at": "2026-11-19T06:50:00.000Z", "submitted_at": "2026-11-19T07:19:00.000Z"}, "ride": null, "media_details": [{"accuracy_m": 22, "bytes": 226442, "captured_at": "2026-11-19T07:02:30.000Z", "item": "no_games", "lat_e7": 297048600, "lon_e7": 1159861700, "mime": "image/jpeg", "sha256": "4aaed3d003241e2575f1bdd2ec5a5950c0f7f02bb732b3947139b9ad8eeb4c9b", "source": "camera"}], "origin": {"app": "anfang-demo/1", "assignment": null, "key_protection": "none", "ticket": "eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJ0aWNrZXQrand0In0.eyJub25jZSI6InlPWk95V2RuQS1JUWhMNUJYOWcweXJXcVMxLWZITHV6eVVMZzJHRVBuQ0EiLCJzZXJ2ZXJfdGltZSI6IjIwMjYtMTEtMTlUMDY6MTA6MDAuMDAwWiJ9.iPbzHPXBPV1my-Kz-QH_4OmNAPqgY0gqGCu2nuJcUL03E4xErCBOuYFlNYz-sWTWqZFN4ZMVfz9PKxw2PF_p1A", "user_agent": "anfang-demo/1"}, "note": null}','lJ2aYxN5Zo0nej_gKnLbf6ZrWpaYsszp5axBeMZMcQE','e5148f55ae36a90feea0ed8c4911884c.kHG7pdhbZiubSStDEby-M7DWq0vO6KnxddL2AV42gHpe3SisHyH126SlmDXD0nxbaiMVpD9kBjMT_WwwJwZPfZ-O4qGyWVlVJ1EDlPB2vPBdX0O2wFs4iF6olTqd1Ixci7_3JbeTu2Gz2NqjHWvJVF_68H9O85fWQFRkDLBtd5S0HyZpMWZdiz-uOYXCBi4D5EFs0Ga9LzGk8NsitslLtfcFSCi34Ji4jtq0nctNYIsweOTtyYzIkhLu8Qs1hLQ_oBzAz7g93va_dkMw07A7jL5ta4SboTdRJUy8q3pu-3k_RHSvE0DYKXH2DbTfC7GsnVbTqambimdclsM-8USs7q_bA7c8G0l-fDRByHYmOTS5Cy9fIwaDhSPFdyzgf4irujwBhXzhyVOLGLfUBuwxYZtsenoDTCQx85IW5eJGrKmGAIH6U7Wp5tPCQs0IXk2TOFgpsueCSWu9u9Jp6DpXYWo-0FRyWPhZU--LJANBC0bOOZjyTqR4UAlqx4cjOe668YOOCCzUhmpZt-1eiKXfUMq7DYCfod7-XlLKuCiDsPN4l7o9rDS-FSntchne5gA6x8kAyD4D7dTYe4mRPA','c854c120fdc1961a72a58f037943b6024c27899d741a8bc8876eed18aac24539','ce9eb74fa451222ef552685aa03539d2d9c6e9412b1e9b3b8e6347bd6ce06009','f47da8efaecf4effb965f776bd501c47',0,'{"points": 78, "out_of": 100, "covered": 100, "vetoes": [], "failed": ["whereabouts", "no_games", "desks"], "missing": [], "out_of_range": []}','2026-11-19 07:44:00.000000','2026-11-20 16:00:00.000000','eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJyZWNlaXB0K2p3dCJ9.eyJjZXJ0aWZpY2F0ZV9jb21taXRtZW50IjoiYzg1NGMxMjBmZGMxOTYxYTcyYTU4ZjAzNzk0M2I2MDI0YzI3ODk5ZDc0MWE4YmM4ODc2ZWVkMThhYWMyNDUzOSIsImNvbXBsZXRlIjp0cnVlLCJsb2dfYnkiOiIyMDI2LTExLTIwVDE2OjAwOjAwLjAwMFoiLCJtZWRpYSI6WyI0YWFlZDNkMDAzMjQxZTI1NzVmMWJkZDJlYzVhNTk1MGMwZjdmMDJiYjczMmIzOTQ3MTM5YjlhZDhlZWI0YzliIl0sInJlY2VpdmVkX2F0IjoiMjAyNi0xMS0xOVQwNzo0NDowMC4wMDBaIiwicmVjb3JkIjoiMTk2MjcxYTUtNjY5My00YjM4LWJkNmYtM2VlNDhiODMyMmFmIiwicmVjb3JkX3NoYTI1NiI6IjRjMGMyMjk4NWUxMGFkY2ZjOGIxZjliYzBhYmVjZTgwNTFlNzBjZGVjNjM2ZDA3Njg5YTQ0Nzc4YmJkZGU5NzYifQ.IIARNXBR4MgVLZPCaxTxQeHKimyNKQscK7iy7uSy7u5mUGTzXyadjaVLjr_CGAM33DzNsBNqjiQwrxmskIJvXA','2026-11-19 07:44:00.000000');
INSERT INTO "record_versions" VALUES('b943376c21e541cc90a063d87284acfea9f8f9ed1ecad50cd1dc95a0443ada1d','2ecc71b0ab5c471695a2cb24fab1364d',1,NULL,'eyJhbGciOiJFUzI1NiIsImp3ayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6IlJaVHo2TkJadnBfWnk3QUZ2OUZPczVFR28xUDItdWRwMXdQSkxpQjhqWEkiLCJ5IjoibWk2Qm1HME9PdkxJVktuTFFfMVZjd0lhMlVxUUZVOTlhcmJrTUVjVlZnYyJ9LCJ0eXAiOiJpbnNwZWN0aW9uK3NkLWp3dCJ9.eyJfc2QiOlsiMEJNQ053MW1xeWpOUEFRZFNuc1kwVk9MMkh4U1V6N3hlNUNpbUN0MmcwbyIsIjFjanhYQTlGZl91ajVQTjAwOXkzQXNWbTZWVG9VaUxzcHBYYVpQNWRQYjgiLCJDMHViMmJfdE1Va3M0cm9jTkdKZndxeUNua0FTR1djTmhaTlB2VG82b1R3IiwiQ0FMNWluNjh2RXF3cjRDNEZBZDRZQlRZb3lvNHc0MUsxeERjMWdUZm50VSIsIkVZTDRTNHJKX2Mwa1FsMmdpQjNMbHFJS1RqbzVFbFlsaUF1d21tRHprZkEiLCJIUk9wbDhYR2tuOURrcDRDODlmeEpXa0l6T1REYjFrdk44dUJhdkI5cFJJIiwiSXE4SjdtVHJZcVVwWEt6eFV0YzVQaUJwRFJoeEhIdFlGXy1sd1hsc2pCdyIsIlNFMTJXN0lhbGZXSGZnUV8xUjh2VWs1aVlBSGhFeHlrYjEyVjByX0l3akUiLCJWQk9jSnFIRFJpX3V2Zm9DWDNYc1BPTTdZZkNLanFmcy1ZN1czdE1LeWRzIiwiY3NJRE43aU1WbmJDYnc2M0VycjB4MDc5dkVvOGVOYy0zblN1cXRGWWtjbyIsIm5zUXVJNXR6TFUyNDBmRjhJcWxOUUpnRlRRWWhpUlBJMldCM0FKSkRsQTgiLCJxTUJUN1lDQXhrbFZEWXdlNGp2YzBJV2QxaUVBWUxCQ3BqQkNaNEJ0clZVIiwidnBFUXZEeWtZbzBDcUt4dXQwZlhmS3V1NHdiajlXcGN2Tkp4ZVNaeHZlRSJdLCJfc2RfYWxnIjoic2hhLTI1NiIsImNhbXBhaWduIjoiNmI4ZGNhOTMtZjA0MC00YjU1LWE3ZWItMzhjZjAyYjdhNDk0IiwiY2hlY2tsaXN0IjoiZGJiZDE5OTItY2U5Mi00ODdhLWE3YWYtZDYyMzI3ZjljYThjIiwiaWQiOiIyZWNjNzFiMC1hYjVjLTQ3MTYtOTVhMi1jYjI0ZmFiMTM2NGQiLCJtZWRpYSI6W10sInN1cGVyc2VkZXMiOm51bGwsInVuaXQiOiIzMDJiNzIzOS03YTk4LTRiNzctYmZmZS1mZTVjZjliOGU3ZTYiLCJ2IjoxfQ.9RgQkpeCXzCgBcLVder3fbNvSJt22DRcNiaaWbYoH52V7AWSQC51qFbTaRzRmO0r5gMIVjd8EwT2v3Vqw48_VQ~WyJiTFRWbTJuZEV4XzEzNlhEb3QzSFpnIiwiZGF5IiwiMjAyNi0xMS0yMCJd~WyJOdzltNHpKS3pHWWMxSzE0MmI3TDdnIiwidmlzaXQiLHsib3V0Y29tZSI6ImRvbmUiLCJyZWFzb24iOm51bGx9XQ~WyItQ2UyN3RCYXYzYU1ZRlVsc19KOHBRIiwic2l0ZSIsIjcxNGM0YTY4LTFiODItNDEzZi05Y2ZkLWI2ODgzNGMyYWI5ZSJd~WyJzY20xdXdfeDFzUnhzQ3BCMjdBUFFnIiwic3ViamVjdCIseyJraW5kIjoidGF4aSIsImxhYmVsIjoi56S66IyD6Lev5Y-j5oms5oub55qE5LiA6L6G5Ye656ef5rG96L2mIn1d~WyJzTE5QN0x2aFZqanhOdThQaTNMU09nIiwicHJpdmF0ZSIsbnVsbF0~WyJLd19jT1EyYXhvTWtXYzRtVGdxcjJnIiwiYW5zd2VycyIsW3siaXRlbSI6ImFjY2VwdCIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibWV0ZXIiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImZhcmUiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6InJvdXRlIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJub19zaGFyaW5nIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJyZWNlaXB0IiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJzZXJ2aWNlX2NhcmQiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6InBhcGVycyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoicm9vZl9saWdodCIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiYm9keSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiY2FiaW4iLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6InRhcmlmZiIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fc21va2luZ19waG9uZSIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoic2FmZV9kcml2aW5nIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJtYW5uZXJzIiwidmFsdWUiOjV9LHsiaXRlbSI6ImFpcl9jb25kaXRpb25pbmciLCJ2YWx1ZSI6Im5hIn0seyJpdGVtIjoiaGFpbGVkIiwidmFsdWUiOiJzdHJlZXQifV1d~WyJRM3gybXVnTDdjdzIxbzNtRzV0cEx3IiwicmVtYXJrcyIsW11d~WyJkZTJyeE5QYXBQOUp3dzRzVmY2Y1V3IiwicGxhY2UiLHsiYWNjdXJhY3lfbSI6MjUsImF0IjoiMjAyNi0xMS0yMFQxMDowNjowMC4wMDBaIiwibGF0X2U3IjoyOTcwMDMwMDAsImxvbl9lNyI6MTE1OTg5ODAwMCwibWVhc3VyZWQiOm51bGwsInNvdXJjZSI6ImdwcyJ9XQ~WyJBWFVHMGg1WE9jT3RmYW1ORFVkZVN3IiwiY2xvY2siLHsiZW5kZWRfYXQiOiIyMDI2LTExLTIwVDEwOjE3OjAwLjAwMFoiLCJtb25vdG9uaWNfbXMiOjk2MDAwMCwic3RhcnRlZF9hdCI6IjIwMjYtMTEtMjBUMTA6MDU6MDAuMDAwWiIsInN1Ym1pdHRlZF9hdCI6IjIwMjYtMTEtMjBUMTA6MjE6MDAuMDAwWiJ9XQ~WyJEQUFHOVVKNVJBX2xPdFVlVE5wZHd3IiwicmlkZSIseyJkaXN0YW5jZV9tIjozMTAwLCJkdXJhdGlvbl9zIjo2MDAsImZhcmVfZXhwZWN0ZWQiOjEwMDAsImZhcmVfcGFpZCI6MTAwMCwiZnJvbSI6IuekuuiMg-i3r-WPoyIsInRvIjoi56S66IyD5Yy76ZmiIn1d~WyI2dUFadXB0UEx3MlVMNlRGbTlOc0pnIiwibWVkaWFfZGV0YWlscyIsW11d~WyJUWUNxTVk1aFdXSjBRdzNFVHlmN0tRIiwib3JpZ2luIix7ImFwcCI6ImFuZmFuZy1kZW1vLzEiLCJhc3NpZ25tZW50IjpudWxsLCJrZXlfcHJvdGVjdGlvbiI6Im5vbmUiLCJ0aWNrZXQiOiJleUpoYkdjaU9pSkZVekkxTmlJc0ltdHBaQ0k2SW5FelNIcGZUWHBGV1UxWE4yNW5kSGcyZFVweFQySnhiMkV5WjJKUWMyczBhREU1YUVOdFdtVjVhRUVpTENKMGVYQWlPaUowYVdOclpYUXJhbmQwSW4wLmV5SnViMjVqWlNJNklrNUxSM0p0YlhkUlZGVkZRbVJ0TVhKRFJrRnBiekpqTVdocVltTlBZMUpMUlVoR2NFOUNUelpsUmswaUxDSnpaWEoyWlhKZmRHbHRaU0k2SWpJd01qWXRNVEV0TWpCVU1EazZNalU2TURBdU1EQXdXaUo5LlFJaUNrZkwyVXFvLWV3LWtwcUFyVThQQl9HUGxRenhNeUtuV1JNLWk1cmVGTDRNdlZ6aDJqTzk2QU5ydFBQTERoRkRlX19SdldLcjA1WXZRWTF2M29RIiwidXNlcl9hZ2VudCI6ImFuZmFuZy1kZW1vLzEifV0~WyJfdlBoU0VRLU1RcFUwNGh5QWdVX2FnIiwibm90ZSIsbnVsbF0~','{"campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494", "checklist": "dbbd1992-ce92-487a-a7af-d62327f9ca8c", "id": "2ecc71b0-ab5c-4716-95a2-cb24fab1364d", "media": [], "supersedes": null, "unit": "302b7239-7a98-4b77-bffe-fe5cf9b8e7e6", "v": 1}','{"day": "2026-11-20", "visit": {"outcome": "done", "reason": null}, "site": "714c4a68-1b82-413f-9cfd-b68834c2ab9e", "subject": {"kind": "taxi", "label": "\u793a\u8303\u8def\u53e3\u626c\u62db\u7684\u4e00\u8f86\u51fa\u79df\u6c7d\u8f66"}, "private": null, "answers": [{"item": "accept", "value": "yes"}, {"item": "meter", "value": "yes"}, {"item": "fare", "value": "yes"}, {"item": "route", "value": "yes"}, {"item": "no_sharing", "value": "yes"}, {"item": "receipt", "value": "yes"}, {"item": "service_card", "value": "yes"}, {"item": "papers", "value": "yes"}, {"item": "roof_light", "value": "yes"}, {"item": "body", "value": "yes"}, {"item": "cabin", "value": "yes"}, {"item": "tariff", "value": "yes"}, {"item": "no_smoking_phone", "value": "yes"}, {"item": "safe_driving", "value": "yes"}, {"item": "manners", "value": 5}, {"item": "air_conditioning", "value": "na"}, {"item": "hailed", "value": "street"}], "remarks": [], "place": {"accuracy_m": 25, "at": "2026-11-20T10:06:00.000Z", "lat_e7": 297003000, "lon_e7": 1159898000, "measured": null, "source": "gps"}, "clock": {"ended_at": "2026-11-20T10:17:00.000Z", "monotonic_ms": 960000, "started_at": "2026-11-20T10:05:00.000Z", "submitted_at": "2026-11-20T10:21:00.000Z"}, "ride": {"distance_m": 3100, "duration_s": 600, "fare_expected": 1000, "fare_paid": 1000, "from": "\u793a\u8303\u8def\u53e3", "to": "\u793a\u8303\u533b\u9662"}, "media_details": [], "origin": {"app": "anfang-demo/1", "assignment": null, "key_protection": "none", "ticket": "eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJ0aWNrZXQrand0In0.eyJub25jZSI6Ik5LR3JtbXdRVFVFQmRtMXJDRkFpbzJjMWhqYmNPY1JLRUhGcE9CTzZlRk0iLCJzZXJ2ZXJfdGltZSI6IjIwMjYtMTEtMjBUMDk6MjU6MDAuMDAwWiJ9.QIiCkfL2Uqo-ew-kpqArU8PB_GPlQzxMyKnWRM-i5reFL4MvVzh2jO96ANrtPPLDhFDe__RvWKr05YvQY1v3oQ", "user_agent": "anfang-demo/1"}, "note": null}','TXbArHQafLS8FYCBNt_HWRj2VymwYOL8cbEnnHNBQbo','e5148f55ae36a90feea0ed8c4911884c.h0ddzgUO0aPR5vB_tJT303wetRBewOry5P8W9bYscyhy6_vbmvViltzsL1_HDQZz0YpmQSIirC5FpOG-JMoen2YEKsbKXfzKcnNwct5kgEh55rOtcGi7aQz6OiJovlomFMFbhGceYC1aVjK9kOEkW2jVTGFjzJ0nSr8Hly_SNCA4aI5nT95KK_4xxcrZd37mmJ7jTuvZFLWZDn4ttXtCXav0Oabs6r0trq6x7x3p64v6qAnzDCr5AmVLg6EAcM2-nrtI-8o6jRokutF66UsDxEIsqiQXE_SI1bazM0T6sqXxbhW4uz3KKUV_hIid5P-LGl881Wf2oXj70Pee92OGASDWBRJMuMQ6rdNxx8T_QBttI2qZPCLFOXJQGLtOCz8tcTE0R0k38cXOJAO83kPnlqJVhkUoRVpJ4I-e6kRrnckR5rknmYMSJvyYBhJ4ACxiZozzT-0HdE1pb-HuNKmLTCFu_TXA922FgxUtozRDEvXdHnj4uWccAQt556D6oQqSBqHCMmg2Tj8tQCGrKGShSM2ETwRFUXrtgn1XE9Jyp_1E3EH1-EVzcgTbZNHWOTOsKmTV-cq7TdSwIXHh7Q','200a07d207010eedd0ad74b57f717bf0bb69d6b7bb93376c89687be5d8f28832','0f63b9304317b2f1c2dda272e09f4efff723b6eb2b791d65911d07e1fef96009','f47da8efaecf4effb965f776bd501c47',0,'{"points": 100, "out_of": 100, "covered": 98, "vetoes": [], "failed": [], "missing": [], "out_of_range": []}','2026-11-20 10:46:00.000000','2026-11-21 16:00:00.000000','eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJyZWNlaXB0K2p3dCJ9.eyJjZXJ0aWZpY2F0ZV9jb21taXRtZW50IjoiMjAwYTA3ZDIwNzAxMGVlZGQwYWQ3NGI1N2Y3MTdiZjBiYjY5ZDZiN2JiOTMzNzZjODk2ODdiZTVkOGYyODgzMiIsImNvbXBsZXRlIjp0cnVlLCJsb2dfYnkiOiIyMDI2LTExLTIxVDE2OjAwOjAwLjAwMFoiLCJtZWRpYSI6W10sInJlY2VpdmVkX2F0IjoiMjAyNi0xMS0yMFQxMDo0NjowMC4wMDBaIiwicmVjb3JkIjoiMmVjYzcxYjAtYWI1Yy00NzE2LTk1YTItY2IyNGZhYjEzNjRkIiwicmVjb3JkX3NoYTI1NiI6ImI5NDMzNzZjMjFlNTQxY2M5MGEwNjNkODcyODRhY2ZlYTlmOGY5ZWQxZWNhZDUwY2QxZGM5NWEwNDQzYWRhMWQifQ.FO0C2hnjSDCwhi_ElXRgdvZZS3aFxgyphE1OMsd8BiwfAWShviwcE_Z2glVpkyjncbMyXcZ-ZmfKEujYS2u_Ug','2026-11-20 10:46:00.000000');
INSERT INTO "record_versions" VALUES('bb5f00dde272ebf7f81533bbc1f18edb97f3d38853a6fc59dd3182eec132f992','d7c92fa380cb40fb96ccaef1e2b1170a',1,NULL,'eyJhbGciOiJFUzI1NiIsImp3ayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6IlNvc0wwMlJucGllbDZicTVLU21oZlpjeVBvc3FQVWJXSjBzcUFJWG96M2siLCJ5IjoibTJQM2lHZVc5Q01UNWplWmhTaEtxbTRhV1NtTHc3am1PQmNDdGFBV2N3OCJ9LCJ0eXAiOiJpbnNwZWN0aW9uK3NkLWp3dCJ9.eyJfc2QiOlsiM0tuS1E0ZTNNZnphWXYycW5Bd1V5YVVjd1pTUFJzUU9zbUI4QTFzUVZYSSIsIkFCNm1LQVNIY0JhNHRVcGZETFhoZWZJdENlZ2dWQUdHVi1PYnBpQ3BGMFEiLCJJUUhIdy1IS19OVnZ5dnFja21CS2pWeHI3WU5NSFAwR3RYTEFaUWJ6SVdFIiwiTE9pbHVPNHF2V3lFTl9CYWlGWmVqV3hleVR2S013RXhUTzlpTG9YamN2OCIsIlB5Q1JiXzd4NkFGSEo4RVgxNEt6QnY3TTY0aV9lVndCczFlN2NvY0Rra00iLCJSd2hHRXJzNTdhU0tvVU5FQkZyUy1QbjJxRHo4QlRoTW1xcDVDVWhwUVlNIiwiWHdvVl8zUXEzTTVFUkoxMFhfaHQ3Q2I4WWFoX0ZxY1A1ZHV5cFBGZ0toRSIsImFQWkNRMVRWMDNaU1RaN1hmUzRlVnNnaVNmM1VMQXFiY1dkOUQwVXlIcTAiLCJjWTlCMXl3YXd3bk42MjJYOE5MVHdiZDF3VmZVR09NQ0ZJQl9TVG5zRXlzIiwiZXpUTF83dnZrTUFNZWEwWjF5elVkMWpaeDdFc09XX0ZJZ1VrUUJHOXFxNCIsInBJWE41QmlGck05TXgzOVZLZmxGSk1QenJJMHFyOUcxaWhWaHlwSS1LMjAiLCJ0VnBTUU1MNkVYcktnTFQzZE1QQVR4Rm9aSHA1UnlYdkR1d05HUkRwMzFnIiwieGVrbXUzdWpNN2RPOUduZGRkQlJYUVFPU0tMTW5Pd19YLURJWDU1QkR4RSJdLCJfc2RfYWxnIjoic2hhLTI1NiIsImNhbXBhaWduIjoiNmI4ZGNhOTMtZjA0MC00YjU1LWE3ZWItMzhjZjAyYjdhNDk0IiwiY2hlY2tsaXN0IjoiYWEwYWY3NjUtMThlNi00ZmEwLTk5MmQtZjMzNGE0NTg5MmMwIiwiaWQiOiJkN2M5MmZhMy04MGNiLTQwZmItOTZjYy1hZWYxZTJiMTE3MGEiLCJtZWRpYSI6WyI5YTdmNzBmY2JmYTY5ZTkwNmUzZGQyZjQzODZjYzQ2NzY1ZWMzM2M5N2E5NGNiYjA3MThmNGQ0N2UyYTA0MTk1Il0sInN1cGVyc2VkZXMiOm51bGwsInVuaXQiOiI2YjgxNmVlOS05M2QxLTQ0M2EtODQ4Mi00YmI2NmMwN2ViNjgiLCJ2IjoxfQ.8IjBP_szmswyDtSvGPljrga_sUXRXVgQIjjDJxnFE2wIMvcJcY93Hftf-R6h4VZcnDZpY3IV4_2lUR4VKLAO4g~WyIwR1ZyZXJNbHZjWlZuOHFrY0dnN1N3IiwiZGF5IiwiMjAyNi0xMS0yMSJd~WyIzRURZTGJRV0hjekdjQUx6WEx6V1lnIiwidmlzaXQiLHsib3V0Y29tZSI6ImRvbmUiLCJyZWFzb24iOm51bGx9XQ~WyJrU29rZndqWThjeVBqbXlldjhUOXlRIiwic2l0ZSIsImI4OTRkYTBjLWUzYmMtNDJhNy05MmVlLWJhNzI3ZjE1MGZkMSJd~WyJqaDZuNk9zMFBXMGZSRHZsRUJWbWpBIiwic3ViamVjdCIseyJraW5kIjoib2ZmaWNlIiwibGFiZWwiOiLkuIDlsYLmpbzpgZMifV0~WyJuSFh2SEFhYzFZUG03SUFkTHNSdFJnIiwicHJpdmF0ZSIsbnVsbF0~WyJRb3d4TXd3eUZOVG1peU45cVVhNXZnIiwiYW5zd2VycyIsW3siaXRlbSI6InB1bmN0dWFsIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJwcmVzZW50IiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJ3aGVyZWFib3V0cyIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoibm9fZ2FtZXMiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX3RyYWRpbmciLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX2dhbWJsaW5nX2RyaW5raW5nIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJmbG9vciIsInZhbHVlIjoieWVzIn0seyJpdGVtIjoiZGVza3MiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6ImNhYmluZXRzIiwidmFsdWUiOiJ5ZXMifSx7Iml0ZW0iOiJjb21tb25fYXJlYXMiLCJ2YWx1ZSI6InllcyJ9LHsiaXRlbSI6Im5vX3Ntb2tpbmciLCJ2YWx1ZSI6Im5vIn0seyJpdGVtIjoicGhvbmVfYW5zd2VyZWQiLCJ2YWx1ZSI6Im5hIn0seyJpdGVtIjoicGhvbmVfdW5pdF9uYW1lZCIsInZhbHVlIjoibmEifSx7Iml0ZW0iOiJwaG9uZV9tYW5uZXJzIiwidmFsdWUiOiJuYSJ9LHsiaXRlbSI6InBob25lX2hlbHBmdWwiLCJ2YWx1ZSI6Im5hIn0seyJpdGVtIjoic3RhZmZfYWJzZW50IiwidmFsdWUiOjB9LHsiaXRlbSI6InNpdHVhdGlvbiIsInZhbHVlIjoi5qW86YGT56qX6L655pyJ5Lq65ZC454Of77yM54Of54Gw57y45YaF5pyJ5aSn6YeP54Of5aS044CCIn1dXQ~WyJsZHpfTktnTUo3TDNqQ1Y0NnQwMk53IiwicmVtYXJrcyIsW3siaXRlbSI6Im5vX3Ntb2tpbmciLCJtZWRpYSI6WyI5YTdmNzBmY2JmYTY5ZTkwNmUzZGQyZjQzODZjYzQ2NzY1ZWMzM2M5N2E5NGNiYjA3MThmNGQ0N2UyYTA0MTk1Il0sInRleHQiOiLnpoHng5_moIfor4bml4HmnInkurrlkLjng5_jgIIifV1d~WyJ3WWpCVFA3UVg5WUVkRVFEam1mVHBRIiwicGxhY2UiLHsiYWNjdXJhY3lfbSI6MzUsImF0IjoiMjAyNi0xMS0yMVQwNzoyMTowMC4wMDBaIiwibGF0X2U3IjoyOTY5Njk1MDAsImxvbl9lNyI6MTE1OTkzNjIwMCwibWVhc3VyZWQiOm51bGwsInNvdXJjZSI6ImdwcyJ9XQ~WyJxZ0cxN3o0TXNqclBwUmtqaUR4ckZnIiwiY2xvY2siLHsiZW5kZWRfYXQiOiIyMDI2LTExLTIxVDA3OjM4OjAwLjAwMFoiLCJtb25vdG9uaWNfbXMiOjEzMjAwMDAsInN0YXJ0ZWRfYXQiOiIyMDI2LTExLTIxVDA3OjIwOjAwLjAwMFoiLCJzdWJtaXR0ZWRfYXQiOiIyMDI2LTExLTIxVDA3OjQyOjAwLjAwMFoifV0~WyJ2X1lxc2cyUW5RU1dHQUJoaGh4aGVBIiwicmlkZSIsbnVsbF0~WyJqRlA1WUN3alhyMEkweWZ6elZsT3VnIiwibWVkaWFfZGV0YWlscyIsW3siYWNjdXJhY3lfbSI6MzUsImJ5dGVzIjoxNjkzMjcsImNhcHR1cmVkX2F0IjoiMjAyNi0xMS0yMVQwNzoyOTowMC4wMDBaIiwiaXRlbSI6Im5vX3Ntb2tpbmciLCJsYXRfZTciOjI5Njk2OTUwMCwibG9uX2U3IjoxMTU5OTM2MjAwLCJtaW1lIjoiaW1hZ2UvanBlZyIsInNoYTI1NiI6IjlhN2Y3MGZjYmZhNjllOTA2ZTNkZDJmNDM4NmNjNDY3NjVlYzMzYzk3YTk0Y2JiMDcxOGY0ZDQ3ZTJhMDQxOTUiLCJzb3VyY2UiOiJjYW1lcmEifV1d~WyJMcGtUWUVDR2ZiUFczNHlWcWxKN1RRIiwib3JpZ2luIix7ImFwcCI6ImFuZmFuZy1kZW1vLzEiLCJhc3NpZ25tZW50IjpudWxsLCJrZXlfcHJvdGVjdGlvbiI6Im5vbmUiLCJ0aWNrZXQiOiJleUpoYkdjaU9pSkZVekkxTmlJc0ltdHBaQ0k2SW5FelNIcGZUWHBGV1UxWE4yNW5kSGcyZFVweFQySnhiMkV5WjJKUWMyczBhREU1YUVOdFdtVjVhRUVpTENKMGVYQWlPaUowYVdOclpYUXJhbmQwSW4wLmV5SnViMjVqWlNJNklrSkxiMDEyZVRoSVdVRnRXbUZ6YVRCellrcHNialY2TTFWSWRGOU1hRlpZUTBsV05rNVdlR280VURBaUxDSnpaWEoyWlhKZmRHbHRaU0k2SWpJd01qWXRNVEV0TWpGVU1EWTZOREE2TURBdU1EQXdXaUo5LmFwX05GYVBCNWxMTnliQ05TQnN6eHFGTU80dFp3Vy1pNG5MSjVSMU83T010eTlpdGlqWnozdzc3clJiR1Fzd3Vyb3FkT1FoWFdfTThYV3dkNkJDd19RIiwidXNlcl9hZ2VudCI6ImFuZmFuZy1kZW1vLzEifV0~WyJUUTI3eVl3TWVMdTBFbk40U184cFV3Iiwibm90ZSIsbnVsbF0~','{"campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494", "checklist": "aa0af765-18e6-4fa0-992d-f334a45892c0", "id": "d7c92fa3-80cb-40fb-96cc-aef1e2b1170a", "media": ["9a7f70fcbfa69e906e3dd2f4386cc46765ec33c97a94cbb0718f4d47e2a04195"], "supersedes": null, "unit": "6b816ee9-93d1-443a-8482-4bb66c07eb68", "v": 1}','{"day": "2026-11-21", "visit": {"outcome": "done", "reason": null}, "site": "b894da0c-e3bc-42a7-92ee-ba727f150fd1", "subject": {"kind": "office", "label": "\u4e00\u5c42\u697c\u9053"}, "private": null, "answers": [{"item": "punctual", "value": "yes"}, {"item": "present", "value": "yes"}, {"item": "whereabouts", "value": "yes"}, {"item": "no_games", "value": "yes"}, {"item": "no_trading", "value": "yes"}, {"item": "no_gambling_drinking", "value": "yes"}, {"item": "floor", "value": "yes"}, {"item": "desks", "value": "yes"}, {"item": "cabinets", "value": "yes"}, {"item": "common_areas", "value": "yes"}, {"item": "no_smoking", "value": "no"}, {"item": "phone_answered", "value": "na"}, {"item": "phone_unit_named", "value": "na"}, {"item": "phone_manners", "value": "na"}, {"item": "phone_helpful", "value": "na"}, {"item": "staff_absent", "value": 0}, {"item": "situation", "value": "\u697c\u9053\u7a97\u8fb9\u6709\u4eba\u5438\u70df\uff0c\u70df\u7070\u7f38\u5185\u6709\u5927\u91cf\u70df\u5934\u3002"}], "remarks": [{"item": "no_smoking", "media": ["9a7f70fcbfa69e906e3dd2f4386cc46765ec33c97a94cbb0718f4d47e2a04195"], "text": "\u7981\u70df\u6807\u8bc6\u65c1\u6709\u4eba\u5438\u70df\u3002"}], "place": {"accuracy_m": 35, "at": "2026-11-21T07:21:00.000Z", "lat_e7": 296969500, "lon_e7": 1159936200, "measured": null, "source": "gps"}, "clock": {"ended_at": "2026-11-21T07:38:00.000Z", "monotonic_ms": 1320000, "started_at": "2026-11-21T07:20:00.000Z", "submitted_at": "2026-11-21T07:42:00.000Z"}, "ride": null, "media_details": [{"accuracy_m": 35, "bytes": 169327, "captured_at": "2026-11-21T07:29:00.000Z", "item": "no_smoking", "lat_e7": 296969500, "lon_e7": 1159936200, "mime": "image/jpeg", "sha256": "9a7f70fcbfa69e906e3dd2f4386cc46765ec33c97a94cbb0718f4d47e2a04195", "source": "camera"}], "origin": {"app": "anfang-demo/1", "assignment": null, "key_protection": "none", "ticket": "eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJ0aWNrZXQrand0In0.eyJub25jZSI6IkJLb012eThIWUFtWmFzaTBzYkpsbjV6M1VIdF9MaFZYQ0lWNk5WeGo4UDAiLCJzZXJ2ZXJfdGltZSI6IjIwMjYtMTEtMjFUMDY6NDA6MDAuMDAwWiJ9.ap_NFaPB5lLNybCNSBszxqFMO4tZwW-i4nLJ5R1O7OMty9itijZz3w77rRbGQswuroqdOQhXW_M8XWwd6BCw_Q", "user_agent": "anfang-demo/1"}, "note": null}','cJTOPHSxM-NwZHQ-gL1fuwbDFCa5pt2ub1F7kMTwAxw','e5148f55ae36a90feea0ed8c4911884c.z0o5oKVH1JR6yVa1H22Zudd3Qxyc_2vRKj-3Nt4G9hrXwdm31sWtcgrB3E20fGGGN_YCssboSNH8mFOGIDySe_RXyuoeviRA6ZaUDly8ybmO9pwJ85M-xKFvkBAT6m5rWeYqCwBbKzUXPGhUh05yaBgwU6ERs2Z22pN8oroPEY8cgrhnHNB0VZId1JGSLgtOO5Oom2ViQ0b0-M0fL9-8_degW9Epg34Fk7qffJfAXTnrn5xgGQ9V0FLOSAVCgNe3ye_jHTBJFq86BFebuSuj0iSXUPugqt_ZeBGtStpBKmYj2e8k0pyPS3Ush_M8LpWmkG6Oagn3awzTUFFd9PqdeSaiioAtgQCDU3RPWCZGo8L09aDXWPI5S63ASwFnqacMbckKSW4oRW2ZD2yxURzg1pjbOL9D0h4wq_Q4-ZZESSUK2F7cYbL8sA_b6tFwf7gmAP3O_8ttco5KqnBlQn9MAr02wJPbCHQK5I6ocNcy2HecRknBbAlq8Su7lq89FbpcfmvVM67g-ATFo4Hl7qSqthDOaxiDnZNKMA6LRqbF7E7eS7qbqZ9DJcGAaODLGrzAkyqBY9qVsdTRNdYwzg','3f9cbc76aea8daebb11c0976e55755b9ec18cb3a32f2f827b654ea47c15c79d5','bff70087aa0c027c2e27506326a068c731c864f3464119ac4c1a7244b5c11b92','56cc77c06b5a4465b5ebdf30ebc5a8a5',0,'{"points": 94, "out_of": 100, "covered": 77, "vetoes": [], "failed": ["no_smoking"], "missing": [], "out_of_range": []}','2026-11-21 08:07:00.000000','2026-11-22 16:00:00.000000','eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJyZWNlaXB0K2p3dCJ9.eyJjZXJ0aWZpY2F0ZV9jb21taXRtZW50IjoiM2Y5Y2JjNzZhZWE4ZGFlYmIxMWMwOTc2ZTU1NzU1YjllYzE4Y2IzYTMyZjJmODI3YjY1NGVhNDdjMTVjNzlkNSIsImNvbXBsZXRlIjp0cnVlLCJsb2dfYnkiOiIyMDI2LTExLTIyVDE2OjAwOjAwLjAwMFoiLCJtZWRpYSI6WyI5YTdmNzBmY2JmYTY5ZTkwNmUzZGQyZjQzODZjYzQ2NzY1ZWMzM2M5N2E5NGNiYjA3MThmNGQ0N2UyYTA0MTk1Il0sInJlY2VpdmVkX2F0IjoiMjAyNi0xMS0yMVQwODowNzowMC4wMDBaIiwicmVjb3JkIjoiZDdjOTJmYTMtODBjYi00MGZiLTk2Y2MtYWVmMWUyYjExNzBhIiwicmVjb3JkX3NoYTI1NiI6ImJiNWYwMGRkZTI3MmViZjdmODE1MzNiYmMxZjE4ZWRiOTdmM2QzODg1M2E2ZmM1OWRkMzE4MmVlYzEzMmY5OTIifQ.UbLH3Zcws8KKcXyEzFf3VOBa5fHjMqn8803cIT9pNQq4UOYE2qaUVqkZdTFIKzsWizj0UgHZUt5nu3xpSvjuiw','2026-11-21 08:07:00.000000');
INSERT INTO "record_versions" VALUES('01647bcea001c57395af6e0db246573ad5c4b36bb5aa0910d846ac9f845e9f32','b96d5f6e27744baab1304b909184174b',1,NULL,'eyJhbGciOiJFUzI1NiIsImp3ayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6IlVaR05ULTVqNUlKQzlHalVRdVJ3R2g1dkcxa3M5UVlKVXhNaDJ5VjdIMDQiLCJ5IjoiTEN4QjhLc3ZEeHlmMDBZR19vM3JERldvVnpZZ1JjUGZpak43VG54WEdVSSJ9LCJ0eXAiOiJpbnNwZWN0aW9uK3NkLWp3dCJ9.eyJfc2QiOlsiMG15NFlQWjREU210ejItZ1FwcXFUWHJaenN1a0d3UHEwLVlCU2liM0R1WSIsIjFHeWgyM1NXQmhaSEh5eVoxRmZVSzNFR2x0VUJrUGZCUkJXT0FrUnR5ZnMiLCI1dHBpYjl0RmhMN1U0OENMOEVLM2JKMWR0VnI1NjJod1Y3Z2U4VFduaFVzIiwiNzJjS0pNMGw3Q0gwNGZiZ0pNT2lrLXZOSEZ2a19kLTRlWUFsNlZyQi1hWSIsIjdnRjFVeDRFeEttV1YtclNVZzdHdWtkc20wbW9XZVdrMEhYei1RX2FBbmciLCJDTHRJNnEyQVJwV1RjMUs5eGZfdFBBSDRWWUs5QUFnYUIwX0l2NzhXTzVvIiwiRXg3WE1aODRHRHhfRUh6dnRCYnI0VlVKR1J2dDFsN0k4Njl1LWcwTEFUTSIsIkxhS3NUcVM5MDFSaVBLTlQwX2loREZ5ZjZKQmI1bE5sVkNWT29NbUxtUkkiLCJjQ0FicjlGb3lsSkRBWUZoUTE0SUl1TWFyUGFLbjNFemRDU2VMYkV2YnNRIiwiakxiMDNteElzUUp1NDhscU9DU18yMy1Ua1VKMTh2REhrOE85YXNkLVQ1RSIsIm5mVE13X25FaVQ4dHVjN0hHaVh1OE5GekZBU0w4M2wxeHdadDBxZGs4V1EiLCJ2U25qOThBdkhCZmE5ZklXeU1BVjJ0VVpYTTc1c0JPd3k1WE5MMkN1R0U0IiwieHVOemNWd1BhS3VCdExXNzJsU0pFOHJKd2FUcDBmczdJVU4yQVdrNkluMCJdLCJfc2RfYWxnIjoic2hhLTI1NiIsImNhbXBhaWduIjoiNmI4ZGNhOTMtZjA0MC00YjU1LWE3ZWItMzhjZjAyYjdhNDk0IiwiY2hlY2tsaXN0IjoiNThkZGM3YWMtOWI4My00NTU2LTk4NzQtNzkwYTRiMzgyOTE4IiwiaWQiOiJiOTZkNWY2ZS0yNzc0LTRiYWEtYjEzMC00YjkwOTE4NDE3NGIiLCJtZWRpYSI6W10sInN1cGVyc2VkZXMiOm51bGwsInVuaXQiOiIxN2M2NjAwZC03MDk3LTQ3MzYtYjY0Yy0zNjM3Y2NjMTFmNmMiLCJ2IjoxfQ.m5O-qSVRkrW32BHpCB1KHfP8M2e6NlqLoGOY0H40gdtQ1QGCwQvdT3xGoYLwPBFr6jLnW4DGU8u__VvuIxlbLg~WyJvdmhJVlNNeHBDaW4wVmhNYmNaenJBIiwiZGF5IiwiMjAyNi0xMS0yMiJd~WyJ2ekZWZGJNTTliTi1kbUN4MEk0aUxBIiwidmlzaXQiLHsib3V0Y29tZSI6Im5vdF9wb3NzaWJsZSIsInJlYXNvbiI6IuWkp-mXqOW8oOi0tOWFrOWRiu-8muiuvuWkh-ajgOS_ru-8jOW9k-aXpeaaguWBnOWvueWkluacjeWKoeOAgiJ9XQ~WyJscGlvaHlCMWEwYmljVzFXcDFPem1RIiwic2l0ZSIsImU3MmFlNWY0LTM5MGQtNDQxNi04ZjVlLWExMzZhYThiOWYzZCJd~WyJaeVg5NkFKOERUZVI3OFduTmRfbHZnIiwic3ViamVjdCIseyJraW5kIjoid2luZG93IiwibGFiZWwiOiLmiLfmlL_mnI3liqHljoUifV0~WyJ1ZWJmbHkzeUJUZDRHeVhEVDRBSUl3IiwicHJpdmF0ZSIsbnVsbF0~WyJpNFFhZlFhbDhpZWdkRmlud2pBcWdRIiwiYW5zd2VycyIsW11d~WyJuT2ZKblNRUVRfZmVsY0o3NHVNR3NnIiwicmVtYXJrcyIsW11d~WyJwS1NlQ3pJcVIyNllFVHZTSmZHZTRnIiwicGxhY2UiLHsiYWNjdXJhY3lfbSI6MTUsImF0IjoiMjAyNi0xMS0yMlQwMTowNjowMC4wMDBaIiwibGF0X2U3IjoyOTY5ODczMDAsImxvbl9lNyI6MTE1OTg3NTIwMCwibWVhc3VyZWQiOm51bGwsInNvdXJjZSI6ImdwcyJ9XQ~WyJXYmxSbXBLSlBJdTEzbE9IUVZNOW13IiwiY2xvY2siLHsiZW5kZWRfYXQiOiIyMDI2LTExLTIyVDAxOjA4OjAwLjAwMFoiLCJtb25vdG9uaWNfbXMiOjQyMDAwMCwic3RhcnRlZF9hdCI6IjIwMjYtMTEtMjJUMDE6MDU6MDAuMDAwWiIsInN1Ym1pdHRlZF9hdCI6IjIwMjYtMTEtMjJUMDE6MTI6MDAuMDAwWiJ9XQ~WyJZNFE3VlhuRTl1eGJQR0s3aXlBYXZnIiwicmlkZSIsbnVsbF0~WyJ6Nl9mZ0RkLUlQMWtId1lWZ2RoN3hnIiwibWVkaWFfZGV0YWlscyIsW11d~WyJNWDI0RTFZM21JY1Z3THNkSk5CSkN3Iiwib3JpZ2luIix7ImFwcCI6ImFuZmFuZy1kZW1vLzEiLCJhc3NpZ25tZW50IjpudWxsLCJrZXlfcHJvdGVjdGlvbiI6Im5vbmUiLCJ0aWNrZXQiOiJleUpoYkdjaU9pSkZVekkxTmlJc0ltdHBaQ0k2SW5FelNIcGZUWHBGV1UxWE4yNW5kSGcyZFVweFQySnhiMkV5WjJKUWMyczBhREU1YUVOdFdtVjVhRUVpTENKMGVYQWlPaUowYVdOclpYUXJhbmQwSW4wLmV5SnViMjVqWlNJNklsaHlVM0Y0ZERCT2NsTjNaV1J6T1Y5MlJqVjZZbnBYU1ZrMlgyUkdkVms0U1dzMlgxcE9TMFZXYW04aUxDSnpaWEoyWlhKZmRHbHRaU0k2SWpJd01qWXRNVEV0TWpKVU1EQTZNalU2TURBdU1EQXdXaUo5LkpUbFR2bWFMVHpSeUdGXzdkdFFLNVBDZnY3M21HSGZDVWhtMFZMT1lycmUyWk45ckQ5M2htQm1xemxlN2lMVXI4am15U2YzS3E5ODJ2aFVHTWw4Rm1BIiwidXNlcl9hZ2VudCI6ImFuZmFuZy1kZW1vLzEifV0~WyJNSGRGSklXYlJmU2U5Z2d5UFJXN09BIiwibm90ZSIsbnVsbF0~','{"campaign": "6b8dca93-f040-4b55-a7eb-38cf02b7a494", "checklist": "58ddc7ac-9b83-4556-9874-790a4b382918", "id": "b96d5f6e-2774-4baa-b130-4b909184174b", "media": [], "supersedes": null, "unit": "17c6600d-7097-4736-b64c-3637ccc11f6c", "v": 1}','{"day": "2026-11-22", "visit": {"outcome": "not_possible", "reason": "\u5927\u95e8\u5f20\u8d34\u516c\u544a\uff1a\u8bbe\u5907\u68c0\u4fee\uff0c\u5f53\u65e5\u6682\u505c\u5bf9\u5916\u670d\u52a1\u3002"}, "site": "e72ae5f4-390d-4416-8f5e-a136aa8b9f3d", "subject": {"kind": "window", "label": "\u6237\u653f\u670d\u52a1\u5385"}, "private": null, "answers": [], "remarks": [], "place": {"accuracy_m": 15, "at": "2026-11-22T01:06:00.000Z", "lat_e7": 296987300, "lon_e7": 1159875200, "measured": null, "source": "gps"}, "clock": {"ended_at": "2026-11-22T01:08:00.000Z", "monotonic_ms": 420000, "started_at": "2026-11-22T01:05:00.000Z", "submitted_at": "2026-11-22T01:12:00.000Z"}, "ride": null, "media_details": [], "origin": {"app": "anfang-demo/1", "assignment": null, "key_protection": "none", "ticket": "eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJ0aWNrZXQrand0In0.eyJub25jZSI6IlhyU3F4dDBOclN3ZWRzOV92RjV6YnpXSVk2X2RGdVk4SWs2X1pOS0VWam8iLCJzZXJ2ZXJfdGltZSI6IjIwMjYtMTEtMjJUMDA6MjU6MDAuMDAwWiJ9.JTlTvmaLTzRyGF_7dtQK5PCfv73mGHfCUhm0VLOYrre2ZN9rD93hmBmqzle7iLUr8jmySf3Kq982vhUGMl8FmA", "user_agent": "anfang-demo/1"}, "note": null}','G51C5ANOaw0S9fiIVWuMbIpMylqPWH-EiHrviLypTo4','e5148f55ae36a90feea0ed8c4911884c.Ly2gS9ewmkbD9Qoq46hH9FOmvi-0kB34q_pNoU_mWiXVUSgcpcIg__QcFrQ9MrvBO9Y3EiDf6X1_-CivfEnflf5N_w2rplBKTghOxOe4jX-Qtako6bW-YTMyZdCS62BS940-OSmAot-LbDGtaI-6J0q05o8mvS_gKJbjQH8A49rrH4DHC542H-Z3MxnuR0rs-3sYpQj4S_7gHxnab2a9kcdp0oRBBda5rbysAgPFsawtL1kCnKo7ZVLAbdSetS8N8QMyBwWkkV_Wii3XSxCRRHeUEdoZ77DtlTSO0LJ0savMJBcbThuntPGWOvMfeEv2xe1MsMEMYmM2lROzDGumWY6GcIsZC20yFCAGnJW1kaylR-HPaFrvnUeAKjadP4VJNar70Cxy0cu_1j5ik5wmCeeQYIJxtBxJi6WiQaN8lD_qP8AEArerCKAjQm6MmBLH8DBP1shIVczUcnoao8clbAq3yD6JgNWqWWpxbrgZqAUc5WSBlCRm3te9Nb7Y1-G6gHptx5Egkg8aGAhb6rfdU3V3Y8Do7zPQoQz-7RLRZ1e29tB8AdJF8EWRiehNzF-JVJQrrKmExXqNc6KT5g','29249adeb93b84f40a05effb790825825623ff924c827f3903f51462457efdab','87eb69ed3d25155a50d43e195bdc3a27daa72d22d0412231f4661a7f3faecc16','932366ce8568466ca20ee8ac83541cf9',0,'null','2026-11-22 01:37:00.000000','2026-11-23 16:00:00.000000','eyJhbGciOiJFUzI1NiIsImtpZCI6InEzSHpfTXpFWU1XN25ndHg2dUpxT2Jxb2EyZ2JQc2s0aDE5aENtWmV5aEEiLCJ0eXAiOiJyZWNlaXB0K2p3dCJ9.eyJjZXJ0aWZpY2F0ZV9jb21taXRtZW50IjoiMjkyNDlhZGViOTNiODRmNDBhMDVlZmZiNzkwODI1ODI1NjIzZmY5MjRjODI3ZjM5MDNmNTE0NjI0NTdlZmRhYiIsImNvbXBsZXRlIjp0cnVlLCJsb2dfYnkiOiIyMDI2LTExLTIzVDE2OjAwOjAwLjAwMFoiLCJtZWRpYSI6W10sInJlY2VpdmVkX2F0IjoiMjAyNi0xMS0yMlQwMTozNzowMC4wMDBaIiwicmVjb3JkIjoiYjk2ZDVmNmUtMjc3NC00YmFhLWIxMzAtNGI5MDkxODQxNzRiIiwicmVjb3JkX3NoYTI1NiI6IjAxNjQ3YmNlYTAwMWM1NzM5NWFmNmUwZGIyNDY1NzNhZDVjNGIzNmJiNWFhMDkxMGQ4NDZhYzlmODQ1ZTlmMzIifQ.Bs2p7d30PrBxZbQcrJMs0fGsQAYZxw4E8v0ECGlf3zLZljqcxbVz9lcTIGiu5Ixkmi1kIYhpCjV6HMrvZ1RYuQ','2026-11-22 01:37:00.000000');
CREATE TABLE records (
	id CHAR(32) NOT NULL, 
	inspector_id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	unit_id CHAR(32), 
	checklist_version_id CHAR(32) NOT NULL, 
	site_id CHAR(32), 
	assignment_id CHAR(32), 
	day DATE, 
	outcome VARCHAR, 
	state VARCHAR NOT NULL, 
	newest_sha256 VARCHAR NOT NULL, 
	decided_sha256 VARCHAR, 
	points INTEGER, 
	quarantined BOOLEAN NOT NULL, 
	received_at DATETIME NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_records PRIMARY KEY (id), 
	CONSTRAINT fk_records_inspector_id_inspectors FOREIGN KEY(inspector_id) REFERENCES inspectors (id)
);
INSERT INTO "records" VALUES('3de334e1cf304c7bbdd7a8ea8c7f52e3','5bf77597808a4ed98d9e50444ac87169','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','58ddc7ac9b8345569874790a4b382918','b8cb010ad45340a5a0101d2109f0e707',NULL,'2026-10-14','done','accepted','354b8acb77c3d518a9ef3b9a2d93556f25adf4d8e3281492004b757e2bde2688','354b8acb77c3d518a9ef3b9a2d93556f25adf4d8e3281492004b757e2bde2688',98,0,'2026-10-14 02:55:00.000000',2);
INSERT INTO "records" VALUES('0040a7057be141bb9e575890504d24fc','f7e3a9469856477f8962aa4ec3de4d7d','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','58ddc7ac9b8345569874790a4b382918','b8cb010ad45340a5a0101d2109f0e707',NULL,'2026-10-15','done','accepted','762b1150d64a3c48b0a2713991e142c4e9148bc6465fa13a4747287a58adecd2','762b1150d64a3c48b0a2713991e142c4e9148bc6465fa13a4747287a58adecd2',90,0,'2026-10-15 08:05:00.000000',2);
INSERT INTO "records" VALUES('8caa7399f4a04b1aa035328dfa49db00','ea543582cd67473fa882e24fdfcf2648','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','58ddc7ac9b8345569874790a4b382918','b8cb010ad45340a5a0101d2109f0e707',NULL,'2026-10-17','done','accepted','8032cf88933239f3998b1b220b1590be652c87cad50bc723b9175e760078be19','8032cf88933239f3998b1b220b1590be652c87cad50bc723b9175e760078be19',90,0,'2026-10-17 02:48:00.000000',2);
INSERT INTO "records" VALUES('c92def97023a42879308ccbaaf69ea73','5bf77597808a4ed98d9e50444ac87169','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','58ddc7ac9b8345569874790a4b382918','b8cb010ad45340a5a0101d2109f0e707',NULL,'2026-10-18','done','accepted','ba7b385436586921f628921c103cee9c3ad51ac8770e5276804c6b4a769b3f76','ba7b385436586921f628921c103cee9c3ad51ac8770e5276804c6b4a769b3f76',98,0,'2026-10-18 07:29:00.000000',2);
INSERT INTO "records" VALUES('065682aaa48641fa9416f7094c952ba4','f7e3a9469856477f8962aa4ec3de4d7d','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','58ddc7ac9b8345569874790a4b382918','b8cb010ad45340a5a0101d2109f0e707',NULL,'2026-10-20','done','accepted','5d9ad474a3753ad61d5603e9c09e14ec3520631d39b18efae6bcc209c4fe6107','5d9ad474a3753ad61d5603e9c09e14ec3520631d39b18efae6bcc209c4fe6107',80,0,'2026-10-20 04:23:00.000000',2);
INSERT INTO "records" VALUES('d1b571fb345143b3b902f57bb305ba30','ea543582cd67473fa882e24fdfcf2648','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','58ddc7ac9b8345569874790a4b382918','b8cb010ad45340a5a0101d2109f0e707',NULL,'2026-10-21','done','accepted','f3db883969745f74250f3fbadc8da05242fa245cf13148d0759157e4a49d3097','f3db883969745f74250f3fbadc8da05242fa245cf13148d0759157e4a49d3097',90,0,'2026-10-21 08:56:00.000000',2);
INSERT INTO "records" VALUES('755009c2a241408d9c84d7e39ae36e6f','5bf77597808a4ed98d9e50444ac87169','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','58ddc7ac9b8345569874790a4b382918','b8cb010ad45340a5a0101d2109f0e707',NULL,'2026-10-23','done','accepted','d3ff405abed458925bbf13d9fdc04df71ba8846d7586f2de33dc2033a8d0710a','d3ff405abed458925bbf13d9fdc04df71ba8846d7586f2de33dc2033a8d0710a',90,0,'2026-10-23 02:26:00.000000',2);
INSERT INTO "records" VALUES('9e683a334bdb4d179bbeb17116c65a1e','f7e3a9469856477f8962aa4ec3de4d7d','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','58ddc7ac9b8345569874790a4b382918','b8cb010ad45340a5a0101d2109f0e707',NULL,'2026-10-24','done','accepted','6362a41ff3402a90a557bd8a2ed882643ecbaf5d9d3d3a5f5eb1b13cfd1bc42f','6362a41ff3402a90a557bd8a2ed882643ecbaf5d9d3d3a5f5eb1b13cfd1bc42f',98,0,'2026-10-24 07:03:00.000000',2);
INSERT INTO "records" VALUES('33a14faba4c54bc28a7af0172cf7a0ec','f7e3a9469856477f8962aa4ec3de4d7d','6b8dca93f0404b55a7eb38cf02b7a494','302b72397a984b77bffefe5cf9b8e7e6','dbbd1992ce92487aa7afd62327f9ca8c','714c4a681b82413f9cfdb68834c2ab9e',NULL,'2026-11-11','done','accepted','90babeb1692431460c5035be18f53f90ae260d9ff0249d5174f075749ac1e1f4','90babeb1692431460c5035be18f53f90ae260d9ff0249d5174f075749ac1e1f4',69,0,'2026-11-11 02:04:00.000000',3);
INSERT INTO "records" VALUES('5f757031ec774d21a96544044dddef21','ea543582cd67473fa882e24fdfcf2648','6b8dca93f0404b55a7eb38cf02b7a494','eeb9574fdcdf41a592fddefaf9727ff0','58ddc7ac9b8345569874790a4b382918','b8cb010ad45340a5a0101d2109f0e707',NULL,'2026-11-12','done','accepted','daff1e06a988e9970d4277fd79fc0d22a005211c6e454bb3d32dd55f2bac9525','daff1e06a988e9970d4277fd79fc0d22a005211c6e454bb3d32dd55f2bac9525',68,0,'2026-11-12 02:44:00.000000',3);
INSERT INTO "records" VALUES('50f9d8beaf9b4ad38455bd5009775c38','ea543582cd67473fa882e24fdfcf2648','6b8dca93f0404b55a7eb38cf02b7a494','5721a2b6dc6e493f980d65c36dc76703','58ddc7ac9b8345569874790a4b382918','73e973f7d52f4ac994740d63a30d3f23',NULL,'2026-11-14','done','accepted','a181a91ed895e6b19506086604ce098fa22c816ddaaeb0130b40760b1173b154','a181a91ed895e6b19506086604ce098fa22c816ddaaeb0130b40760b1173b154',100,0,'2026-11-14 03:19:00.000000',2);
INSERT INTO "records" VALUES('196271a566934b38bd6f3ee48b8322af','5bf77597808a4ed98d9e50444ac87169','6b8dca93f0404b55a7eb38cf02b7a494','f542fb42453a4e57a7494343cda5f755','aa0af76518e64fa0992df334a45892c0','019eb63c3fb049aab5723092f4d57c2b',NULL,'2026-11-19','done','complete','4c0c22985e10adcfc8b1f9bc0abece8051e70cdec636d07689a44778bbdde976',NULL,78,0,'2026-11-19 07:44:00.000000',2);
INSERT INTO "records" VALUES('2ecc71b0ab5c471695a2cb24fab1364d','5bf77597808a4ed98d9e50444ac87169','6b8dca93f0404b55a7eb38cf02b7a494','302b72397a984b77bffefe5cf9b8e7e6','dbbd1992ce92487aa7afd62327f9ca8c','714c4a681b82413f9cfdb68834c2ab9e',NULL,'2026-11-20','done','complete','b943376c21e541cc90a063d87284acfea9f8f9ed1ecad50cd1dc95a0443ada1d',NULL,100,0,'2026-11-20 10:46:00.000000',1);
INSERT INTO "records" VALUES('d7c92fa380cb40fb96ccaef1e2b1170a','f7e3a9469856477f8962aa4ec3de4d7d','6b8dca93f0404b55a7eb38cf02b7a494','6b816ee993d1443a84824bb66c07eb68','aa0af76518e64fa0992df334a45892c0','b894da0ce3bc42a792eeba727f150fd1',NULL,'2026-11-21','done','returned','bb5f00dde272ebf7f81533bbc1f18edb97f3d38853a6fc59dd3182eec132f992',NULL,94,0,'2026-11-21 08:07:00.000000',3);
INSERT INTO "records" VALUES('b96d5f6e27744baab1304b909184174b','ea543582cd67473fa882e24fdfcf2648','6b8dca93f0404b55a7eb38cf02b7a494','17c6600d70974736b64c3637ccc11f6c','58ddc7ac9b8345569874790a4b382918','e72ae5f4390d44168f5ea136aa8b9f3d',NULL,'2026-11-22','not_possible','complete','01647bcea001c57395af6e0db246573ad5c4b36bb5aa0910d846ac9f845e9f32',NULL,NULL,0,'2026-11-22 01:37:00.000000',1);
CREATE TABLE recovery_codes (
	code_sha256 VARCHAR NOT NULL, 
	user_id CHAR(32) NOT NULL, 
	spent_at DATETIME, 
	CONSTRAINT pk_recovery_codes PRIMARY KEY (code_sha256), 
	CONSTRAINT fk_recovery_codes_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE TABLE register_row_versions (
	row_id CHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	"values" JSON NOT NULL, 
	state VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	by_user CHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_register_row_versions PRIMARY KEY (row_id, number), 
	CONSTRAINT fk_register_row_versions_by_user_users FOREIGN KEY(by_user) REFERENCES users (id), 
	CONSTRAINT fk_register_row_versions_row_id_register_rows FOREIGN KEY(row_id) REFERENCES register_rows (id)
);
INSERT INTO "register_row_versions" VALUES('8587e3d1f79c454084ff7ea57a33b088',1,'{"held-on": "2026-09-29", "attended": 320}','reported','','344feccba8db46ab9a8f7e5d6c685233','2026-09-29 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('8587e3d1f79c454084ff7ea57a33b088',2,'{"held-on": "2026-09-29", "attended": 320}','confirmed','','bbd25f58f7644374a72bd5cf0dca7891','2026-10-01 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('3cb9847be19344e0b4339c8c5a1aa5f2',1,'{"material": "\u516d\u6761\u7981\u4ee4\u548c\u6574\u6cbb\u65b9\u6848", "layer": "\u516c\u5171\u670d\u52a1\u4eba\u5458", "staff": 86}','sent','','bbd25f58f7644374a72bd5cf0dca7891','2026-10-04 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('8dca151b7e0d4c0d9ee2876b617f1afa',1,'{"material": "\u516d\u6761\u7981\u4ee4\u548c\u6574\u6cbb\u65b9\u6848", "layer": "\u56fd\u5bb6\u516c\u804c\u4eba\u5458", "staff": 140}','sent','','bbd25f58f7644374a72bd5cf0dca7891','2026-10-04 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('3cb9847be19344e0b4339c8c5a1aa5f2',2,'{"material": "\u516d\u6761\u7981\u4ee4\u548c\u6574\u6cbb\u65b9\u6848", "layer": "\u516c\u5171\u670d\u52a1\u4eba\u5458", "staff": 86}','received','','344feccba8db46ab9a8f7e5d6c685233','2026-10-06 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('8dca151b7e0d4c0d9ee2876b617f1afa',2,'{"material": "\u516d\u6761\u7981\u4ee4\u548c\u6574\u6cbb\u65b9\u6848", "layer": "\u56fd\u5bb6\u516c\u804c\u4eba\u5458", "staff": 140}','received','','a8bf5f539a9840e58f139d22cf32ce70','2026-10-07 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('3cb9847be19344e0b4339c8c5a1aa5f2',3,'{"material": "\u516d\u6761\u7981\u4ee4\u548c\u6574\u6cbb\u65b9\u6848", "layer": "\u516c\u5171\u670d\u52a1\u4eba\u5458", "staff": 86, "copies": 86, "everyone": true}','received','','344feccba8db46ab9a8f7e5d6c685233','2026-10-13 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('3cb9847be19344e0b4339c8c5a1aa5f2',4,'{"material": "\u516d\u6761\u7981\u4ee4\u548c\u6574\u6cbb\u65b9\u6848", "layer": "\u516c\u5171\u670d\u52a1\u4eba\u5458", "staff": 86, "copies": 86, "everyone": true}','read','','344feccba8db46ab9a8f7e5d6c685233','2026-10-13 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('42b86484703b41209f907a24c1d5a2a1',1,'{"promise": "\u4f01\u4e1a\u8bbe\u7acb\u767b\u8bb0\u4e00\u65e5\u529e\u7ed3", "keep-by": "2026-12-18"}','drafted','','344feccba8db46ab9a8f7e5d6c685233','2026-10-14 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('5fa69f57667b417bbd921e57daf5a428',1,'{"promise": "\u5927\u5385\u8bbe\u7acb\u5bfc\u529e\u5c97", "keep-by": "2026-11-18"}','drafted','','344feccba8db46ab9a8f7e5d6c685233','2026-10-14 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('6ca1ad7e682a4bd7a4ca95140b66859d',1,'{"post": "\u4f01\u4e1a\u767b\u8bb0\u7a97\u53e3", "duties": "\u4f01\u4e1a\u8bbe\u7acb\u767b\u8bb0\u53d7\u7406", "weight": 5}','reported','','344feccba8db46ab9a8f7e5d6c685233','2026-10-15 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('b3be917c6e9141e0b637789b1052b53c',1,'{"post": "\u6295\u8d44\u9879\u76ee\u5ba1\u6279\u7a97\u53e3", "duties": "\u6295\u8d44\u9879\u76ee\u5907\u6848\u548c\u6838\u51c6", "weight": 8}','reported','','344feccba8db46ab9a8f7e5d6c685233','2026-10-15 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('829ec12f9d934faf9c6a17707dc99fb6',1,'{"post": "\u9053\u8def\u8fd0\u8f93\u8bc1\u4ef6\u5ba1\u6279\u5c97", "duties": "\u9053\u8def\u8fd0\u8f93\u7ecf\u8425\u8bb8\u53ef", "weight": 8}','reported','','a8bf5f539a9840e58f139d22cf32ce70','2026-10-16 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('1ea753488a5447bb8b12e161a112b5ab',1,'{"post": "\u8f66\u8f86\u5e74\u5ba1\u54a8\u8be2\u53f0", "duties": "\u53ea\u4f5c\u54a8\u8be2\uff0c\u65e0\u5ba1\u6279\u804c\u8d23"}','reported','','a8bf5f539a9840e58f139d22cf32ce70','2026-10-16 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('42b86484703b41209f907a24c1d5a2a1',2,'{"promise": "\u4f01\u4e1a\u8bbe\u7acb\u767b\u8bb0\u4e00\u65e5\u529e\u7ed3", "keep-by": "2026-12-18"}','agreed','','e86b8dcef421485a96942f813d1fae22','2026-10-16 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('5fa69f57667b417bbd921e57daf5a428',2,'{"promise": "\u5927\u5385\u8bbe\u7acb\u5bfc\u529e\u5c97", "keep-by": "2026-11-18"}','agreed','','e86b8dcef421485a96942f813d1fae22','2026-10-16 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('6ca1ad7e682a4bd7a4ca95140b66859d',2,'{"post": "\u4f01\u4e1a\u767b\u8bb0\u7a97\u53e3", "duties": "\u4f01\u4e1a\u8bbe\u7acb\u767b\u8bb0\u53d7\u7406", "weight": 5}','proposed','','bbd25f58f7644374a72bd5cf0dca7891','2026-10-17 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('b3be917c6e9141e0b637789b1052b53c',2,'{"post": "\u6295\u8d44\u9879\u76ee\u5ba1\u6279\u7a97\u53e3", "duties": "\u6295\u8d44\u9879\u76ee\u5907\u6848\u548c\u6838\u51c6", "weight": 8}','proposed','','bbd25f58f7644374a72bd5cf0dca7891','2026-10-17 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('42b86484703b41209f907a24c1d5a2a1',3,'{"promise": "\u4f01\u4e1a\u8bbe\u7acb\u767b\u8bb0\u4e00\u65e5\u529e\u7ed3", "keep-by": "2026-12-18"}','filed','','344feccba8db46ab9a8f7e5d6c685233','2026-10-17 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('5fa69f57667b417bbd921e57daf5a428',3,'{"promise": "\u5927\u5385\u8bbe\u7acb\u5bfc\u529e\u5c97", "keep-by": "2026-11-18"}','filed','','344feccba8db46ab9a8f7e5d6c685233','2026-10-17 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('829ec12f9d934faf9c6a17707dc99fb6',2,'{"post": "\u9053\u8def\u8fd0\u8f93\u8bc1\u4ef6\u5ba1\u6279\u5c97", "duties": "\u9053\u8def\u8fd0\u8f93\u7ecf\u8425\u8bb8\u53ef", "weight": 8}','proposed','','bbd25f58f7644374a72bd5cf0dca7891','2026-10-18 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('1ea753488a5447bb8b12e161a112b5ab',2,'{"post": "\u8f66\u8f86\u5e74\u5ba1\u54a8\u8be2\u53f0", "duties": "\u53ea\u4f5c\u54a8\u8be2\uff0c\u65e0\u5ba1\u6279\u804c\u8d23"}','dropped','不承担审批职责。','bbd25f58f7644374a72bd5cf0dca7891','2026-10-18 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('b2d4bf2926644bba9444cba2e8b13da1',1,'{"post": "\u4f01\u4e1a\u767b\u8bb0\u7a97\u53e3\u9996\u95ee\u5c97", "accept": true, "at-once": true, "coordinate": true, "urge": true}','filed','','344feccba8db46ab9a8f7e5d6c685233','2026-10-19 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('42b86484703b41209f907a24c1d5a2a1',4,'{"promise": "\u4f01\u4e1a\u8bbe\u7acb\u767b\u8bb0\u4e00\u65e5\u529e\u7ed3", "keep-by": "2026-12-18", "batch": 1, "outlet": "\u7532\u5e02\u65e5\u62a5"}','filed','','bbd25f58f7644374a72bd5cf0dca7891','2026-10-19 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('42b86484703b41209f907a24c1d5a2a1',5,'{"promise": "\u4f01\u4e1a\u8bbe\u7acb\u767b\u8bb0\u4e00\u65e5\u529e\u7ed3", "keep-by": "2026-12-18", "batch": 1, "outlet": "\u7532\u5e02\u65e5\u62a5"}','published','','bbd25f58f7644374a72bd5cf0dca7891','2026-10-19 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('5fa69f57667b417bbd921e57daf5a428',4,'{"promise": "\u5927\u5385\u8bbe\u7acb\u5bfc\u529e\u5c97", "keep-by": "2026-11-18", "batch": 1, "outlet": "\u7532\u5e02\u65e5\u62a5"}','filed','','bbd25f58f7644374a72bd5cf0dca7891','2026-10-19 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('5fa69f57667b417bbd921e57daf5a428',5,'{"promise": "\u5927\u5385\u8bbe\u7acb\u5bfc\u529e\u5c97", "keep-by": "2026-11-18", "batch": 1, "outlet": "\u7532\u5e02\u65e5\u62a5"}','published','','bbd25f58f7644374a72bd5cf0dca7891','2026-10-19 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('6ca1ad7e682a4bd7a4ca95140b66859d',3,'{"post": "\u4f01\u4e1a\u767b\u8bb0\u7a97\u53e3", "duties": "\u4f01\u4e1a\u8bbe\u7acb\u767b\u8bb0\u53d7\u7406", "weight": 5}','decided','','e86b8dcef421485a96942f813d1fae22','2026-10-20 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('8c84c537e6ff44e5b938e1a1f40959e7',1,'{"project": "\u8f66\u8f86\u6280\u672f\u6863\u6848\u5de5\u672c\u8d39", "kind": "\u6536\u8d39", "own-invention": true}','listed','','a8bf5f539a9840e58f139d22cf32ce70','2026-10-20 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('8b3862c2ed2e401faa9d128417dc3e6b',1,'{"project": "\u9879\u76ee\u6838\u51c6\u6587\u4ef6", "kind": "\u884c\u653f\u8bb8\u53ef\u5ba1\u6279", "basis": "\u300a\u4f01\u4e1a\u6295\u8d44\u9879\u76ee\u6838\u51c6\u548c\u5907\u6848\u7ba1\u7406\u6761\u4f8b\u300b", "own-invention": false}','listed','','344feccba8db46ab9a8f7e5d6c685233','2026-10-20 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('6ca1ad7e682a4bd7a4ca95140b66859d',4,'{"post": "\u4f01\u4e1a\u767b\u8bb0\u7a97\u53e3", "duties": "\u4f01\u4e1a\u8bbe\u7acb\u767b\u8bb0\u53d7\u7406", "weight": 5}','published','','bbd25f58f7644374a72bd5cf0dca7891','2026-10-21 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('b2d4bf2926644bba9444cba2e8b13da1',2,'{"post": "\u4f01\u4e1a\u767b\u8bb0\u7a97\u53e3\u9996\u95ee\u5c97", "accept": true, "at-once": true, "coordinate": true, "urge": true}','effective','','bbd25f58f7644374a72bd5cf0dca7891','2026-10-22 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('341cc46a7fb34442ba9d9b036c5be445',1,'{"leader": "\u5206\u7ba1\u8fd0\u8f93\u7684\u73ed\u5b50\u6210\u5458", "area": "\u706b\u8f66\u7ad9\u7247\u533a"}','proposed','','a8bf5f539a9840e58f139d22cf32ce70','2026-10-23 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('52fd7a44e7bb4f7dabd8d3095ba4cde2',1,'{"window": "\u4e09\u53f7\u7a97\u53e3", "a-post": "\u4f01\u4e1a\u767b\u8bb0A\u5c97", "b-post": "\u4f01\u4e1a\u767b\u8bb0B\u5c97"}','filed','','344feccba8db46ab9a8f7e5d6c685233','2026-10-23 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('8007e43765b54a6aab6a9931e622669e',1,'{"window": "\u4e03\u53f7\u7a97\u53e3", "a-post": "\u7efc\u5408\u53d7\u7406A\u5c97"}','filed','','344feccba8db46ab9a8f7e5d6c685233','2026-10-23 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('52fd7a44e7bb4f7dabd8d3095ba4cde2',2,'{"window": "\u4e09\u53f7\u7a97\u53e3", "a-post": "\u4f01\u4e1a\u767b\u8bb0A\u5c97", "b-post": "\u4f01\u4e1a\u767b\u8bb0B\u5c97"}','complete','','bbd25f58f7644374a72bd5cf0dca7891','2026-10-25 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('3df685428ebd4c0ab879a6f8d80af74c',1,'{"post": "\u6295\u8d44\u9879\u76ee\u7a97\u53e3\u9996\u95ee\u5c97", "accept": true, "at-once": true, "coordinate": false, "urge": false}','filed','','344feccba8db46ab9a8f7e5d6c685233','2026-10-28 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('8c84c537e6ff44e5b938e1a1f40959e7',2,'{"project": "\u8f66\u8f86\u6280\u672f\u6863\u6848\u5de5\u672c\u8d39", "kind": "\u6536\u8d39", "own-invention": true}','cancelled','自立名目，一律取消。','bbd25f58f7644374a72bd5cf0dca7891','2026-11-02 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('8007e43765b54a6aab6a9931e622669e',3,'{"window": "\u4e03\u53f7\u7a97\u53e3", "a-post": "\u7efc\u5408\u53d7\u7406A\u5c97"}','vacant','暗访查实无人顶岗。','4ed633584770434c84bda1913fdbc703','2026-11-12 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('5fa69f57667b417bbd921e57daf5a428',7,'{"promise": "\u5927\u5385\u8bbe\u7acb\u5bfc\u529e\u5c97", "keep-by": "2026-11-18", "batch": 1, "outlet": "\u7532\u5e02\u65e5\u62a5", "proof": "\u5bfc\u529e\u5c97\u5df2\u8bbe\u5728\u4e00\u5c42\u5165\u53e3"}','published','','344feccba8db46ab9a8f7e5d6c685233','2026-11-16 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('5fa69f57667b417bbd921e57daf5a428',8,'{"promise": "\u5927\u5385\u8bbe\u7acb\u5bfc\u529e\u5c97", "keep-by": "2026-11-18", "batch": 1, "outlet": "\u7532\u5e02\u65e5\u62a5", "proof": "\u5bfc\u529e\u5c97\u5df2\u8bbe\u5728\u4e00\u5c42\u5165\u53e3"}','kept','','4ed633584770434c84bda1913fdbc703','2026-11-16 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('b3be917c6e9141e0b637789b1052b53c',3,'{"post": "\u6295\u8d44\u9879\u76ee\u5ba1\u6279\u7a97\u53e3", "duties": "\u6295\u8d44\u9879\u76ee\u5907\u6848\u548c\u6838\u51c6", "weight": 8}','decided','','e86b8dcef421485a96942f813d1fae22','2026-11-19 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('9ee364111ad4442c974bf5b4a04ac5d7',1,'{"post": "\u51fa\u79df\u6c7d\u8f66\u7ecf\u8425\u8bb8\u53ef\u5c97", "duties": "\u51fa\u79df\u6c7d\u8f66\u7ecf\u8425\u8bb8\u53ef"}','reported','','a8bf5f539a9840e58f139d22cf32ce70','2026-11-19 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('c3efc0a96d1748da81b4566d5865d01a',1,'{"promise": "\u8bc1\u4ef6\u529e\u7406\u65f6\u9650\u538b\u7f29\u4e00\u534a", "keep-by": "2027-01-22"}','drafted','','a8bf5f539a9840e58f139d22cf32ce70','2026-11-20 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('e045b52394e545f685c7d5893a4cbc86',1,'{"material": "\u73af\u5883\u536b\u751f\u6574\u6cbb\u8981\u70b9", "layer": "\u5e02\u6c11", "staff": 500}','sent','','bbd25f58f7644374a72bd5cf0dca7891','2026-11-21 23:44:01.444000');
INSERT INTO "register_row_versions" VALUES('30524017d18f437eb0744d8aa0fb1cdf',1,'{"post": "\u8fd0\u8f93\u8bc1\u4ef6\u7a97\u53e3\u9996\u95ee\u5c97", "accept": true, "at-once": true, "coordinate": true, "urge": true}','filed','','a8bf5f539a9840e58f139d22cf32ce70','2026-11-21 23:44:01.444000');
CREATE TABLE register_rows (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	rulebook_version_id CHAR(32) NOT NULL, 
	register VARCHAR NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	"values" JSON NOT NULL, 
	unique_key VARCHAR, 
	state VARCHAR NOT NULL, 
	entered_at DATETIME NOT NULL, 
	due_at DATETIME, 
	reminded_at DATETIME, 
	overdue_told_at DATETIME, 
	filed_by CHAR(32) NOT NULL, 
	changed_by CHAR(32) NOT NULL, 
	moved_by CHAR(32), 
	created_at DATETIME NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_register_rows PRIMARY KEY (id), 
	CONSTRAINT fk_register_rows_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_register_rows_changed_by_users FOREIGN KEY(changed_by) REFERENCES users (id), 
	CONSTRAINT fk_register_rows_filed_by_users FOREIGN KEY(filed_by) REFERENCES users (id), 
	CONSTRAINT fk_register_rows_moved_by_users FOREIGN KEY(moved_by) REFERENCES users (id), 
	CONSTRAINT fk_register_rows_rulebook_version_id_rulebook_versions FOREIGN KEY(rulebook_version_id) REFERENCES rulebook_versions (id), 
	CONSTRAINT fk_register_rows_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_register_rows_campaign_id_register_unique_key UNIQUE (campaign_id, register, unique_key)
);
INSERT INTO "register_rows" VALUES('8587e3d1f79c454084ff7ea57a33b088','6b8dca93f0404b55a7eb38cf02b7a494','96ab72c5a3404ac78dfe9b71d8aacf8e','meetings','4bf49f563a964b3e8ece13c3eb824880','{"held-on": "2026-09-29", "attended": 320}',NULL,'confirmed','2026-10-01 23:44:01.444000',NULL,NULL,NULL,'344feccba8db46ab9a8f7e5d6c685233','344feccba8db46ab9a8f7e5d6c685233','bbd25f58f7644374a72bd5cf0dca7891','2026-09-29 23:44:01.444000',2);
INSERT INTO "register_rows" VALUES('3cb9847be19344e0b4339c8c5a1aa5f2','6b8dca93f0404b55a7eb38cf02b7a494','96ab72c5a3404ac78dfe9b71d8aacf8e','handouts','4bf49f563a964b3e8ece13c3eb824880','{"material": "\u516d\u6761\u7981\u4ee4\u548c\u6574\u6cbb\u65b9\u6848", "layer": "\u516c\u5171\u670d\u52a1\u4eba\u5458", "staff": 86, "copies": 86, "everyone": true}','["4bf49f56-3a96-4b3e-8ece-13c3eb824880", "六条禁令和整治方案", "公共服务人员"]','read','2026-10-13 23:44:01.444000',NULL,NULL,NULL,'bbd25f58f7644374a72bd5cf0dca7891','344feccba8db46ab9a8f7e5d6c685233','344feccba8db46ab9a8f7e5d6c685233','2026-10-04 23:44:01.444000',4);
INSERT INTO "register_rows" VALUES('8dca151b7e0d4c0d9ee2876b617f1afa','6b8dca93f0404b55a7eb38cf02b7a494','96ab72c5a3404ac78dfe9b71d8aacf8e','handouts','f542fb42453a4e57a7494343cda5f755','{"material": "\u516d\u6761\u7981\u4ee4\u548c\u6574\u6cbb\u65b9\u6848", "layer": "\u56fd\u5bb6\u516c\u804c\u4eba\u5458", "staff": 140}','["f542fb42-453a-4e57-a749-4343cda5f755", "六条禁令和整治方案", "国家公职人员"]','received','2026-10-07 23:44:01.444000','2026-10-21 10:00:00.000000',NULL,'2026-10-25 23:44:01.444000','bbd25f58f7644374a72bd5cf0dca7891','bbd25f58f7644374a72bd5cf0dca7891','a8bf5f539a9840e58f139d22cf32ce70','2026-10-04 23:44:01.444000',3);
INSERT INTO "register_rows" VALUES('42b86484703b41209f907a24c1d5a2a1','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','commitments','4bf49f563a964b3e8ece13c3eb824880','{"promise": "\u4f01\u4e1a\u8bbe\u7acb\u767b\u8bb0\u4e00\u65e5\u529e\u7ed3", "keep-by": "2026-12-18", "batch": 1, "outlet": "\u7532\u5e02\u65e5\u62a5"}','["4bf49f56-3a96-4b3e-8ece-13c3eb824880", "企业设立登记一日办结"]','published','2026-10-19 23:44:01.444000','2026-12-18 10:00:00.000000',NULL,NULL,'344feccba8db46ab9a8f7e5d6c685233','bbd25f58f7644374a72bd5cf0dca7891','bbd25f58f7644374a72bd5cf0dca7891','2026-10-14 23:44:01.444000',5);
INSERT INTO "register_rows" VALUES('5fa69f57667b417bbd921e57daf5a428','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','commitments','4bf49f563a964b3e8ece13c3eb824880','{"promise": "\u5927\u5385\u8bbe\u7acb\u5bfc\u529e\u5c97", "keep-by": "2026-11-18", "batch": 1, "outlet": "\u7532\u5e02\u65e5\u62a5", "proof": "\u5bfc\u529e\u5c97\u5df2\u8bbe\u5728\u4e00\u5c42\u5165\u53e3"}','["4bf49f56-3a96-4b3e-8ece-13c3eb824880", "大厅设立导办岗"]','kept','2026-11-16 23:44:01.444000',NULL,NULL,NULL,'344feccba8db46ab9a8f7e5d6c685233','344feccba8db46ab9a8f7e5d6c685233','4ed633584770434c84bda1913fdbc703','2026-10-14 23:44:01.444000',8);
INSERT INTO "register_rows" VALUES('6ca1ad7e682a4bd7a4ca95140b66859d','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','key-posts','4bf49f563a964b3e8ece13c3eb824880','{"post": "\u4f01\u4e1a\u767b\u8bb0\u7a97\u53e3", "duties": "\u4f01\u4e1a\u8bbe\u7acb\u767b\u8bb0\u53d7\u7406", "weight": 5}','["4bf49f56-3a96-4b3e-8ece-13c3eb824880", "企业登记窗口"]','published','2026-10-21 23:44:01.444000',NULL,NULL,NULL,'344feccba8db46ab9a8f7e5d6c685233','344feccba8db46ab9a8f7e5d6c685233','bbd25f58f7644374a72bd5cf0dca7891','2026-10-15 23:44:01.444000',4);
INSERT INTO "register_rows" VALUES('b3be917c6e9141e0b637789b1052b53c','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','key-posts','4bf49f563a964b3e8ece13c3eb824880','{"post": "\u6295\u8d44\u9879\u76ee\u5ba1\u6279\u7a97\u53e3", "duties": "\u6295\u8d44\u9879\u76ee\u5907\u6848\u548c\u6838\u51c6", "weight": 8}','["4bf49f56-3a96-4b3e-8ece-13c3eb824880", "投资项目审批窗口"]','decided','2026-11-19 23:44:01.444000','2026-11-27 10:00:00.000000',NULL,NULL,'344feccba8db46ab9a8f7e5d6c685233','344feccba8db46ab9a8f7e5d6c685233','e86b8dcef421485a96942f813d1fae22','2026-10-15 23:44:01.444000',3);
INSERT INTO "register_rows" VALUES('829ec12f9d934faf9c6a17707dc99fb6','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','key-posts','f542fb42453a4e57a7494343cda5f755','{"post": "\u9053\u8def\u8fd0\u8f93\u8bc1\u4ef6\u5ba1\u6279\u5c97", "duties": "\u9053\u8def\u8fd0\u8f93\u7ecf\u8425\u8bb8\u53ef", "weight": 8}','["f542fb42-453a-4e57-a749-4343cda5f755", "道路运输证件审批岗"]','proposed','2026-10-18 23:44:01.444000',NULL,NULL,NULL,'a8bf5f539a9840e58f139d22cf32ce70','a8bf5f539a9840e58f139d22cf32ce70','bbd25f58f7644374a72bd5cf0dca7891','2026-10-16 23:44:01.444000',2);
INSERT INTO "register_rows" VALUES('1ea753488a5447bb8b12e161a112b5ab','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','key-posts','f542fb42453a4e57a7494343cda5f755','{"post": "\u8f66\u8f86\u5e74\u5ba1\u54a8\u8be2\u53f0", "duties": "\u53ea\u4f5c\u54a8\u8be2\uff0c\u65e0\u5ba1\u6279\u804c\u8d23"}',NULL,'dropped','2026-10-18 23:44:01.444000',NULL,NULL,NULL,'a8bf5f539a9840e58f139d22cf32ce70','a8bf5f539a9840e58f139d22cf32ce70','bbd25f58f7644374a72bd5cf0dca7891','2026-10-16 23:44:01.444000',2);
INSERT INTO "register_rows" VALUES('b2d4bf2926644bba9444cba2e8b13da1','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','authorisations','4bf49f563a964b3e8ece13c3eb824880','{"post": "\u4f01\u4e1a\u767b\u8bb0\u7a97\u53e3\u9996\u95ee\u5c97", "accept": true, "at-once": true, "coordinate": true, "urge": true}','["4bf49f56-3a96-4b3e-8ece-13c3eb824880", "企业登记窗口首问岗"]','effective','2026-10-22 23:44:01.444000',NULL,NULL,NULL,'344feccba8db46ab9a8f7e5d6c685233','344feccba8db46ab9a8f7e5d6c685233','bbd25f58f7644374a72bd5cf0dca7891','2026-10-19 23:44:01.444000',2);
INSERT INTO "register_rows" VALUES('8c84c537e6ff44e5b938e1a1f40959e7','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','clean-up','f542fb42453a4e57a7494343cda5f755','{"project": "\u8f66\u8f86\u6280\u672f\u6863\u6848\u5de5\u672c\u8d39", "kind": "\u6536\u8d39", "own-invention": true}','["f542fb42-453a-4e57-a749-4343cda5f755", "车辆技术档案工本费"]','cancelled','2026-11-02 23:44:01.444000',NULL,NULL,NULL,'a8bf5f539a9840e58f139d22cf32ce70','a8bf5f539a9840e58f139d22cf32ce70','bbd25f58f7644374a72bd5cf0dca7891','2026-10-20 23:44:01.444000',2);
INSERT INTO "register_rows" VALUES('8b3862c2ed2e401faa9d128417dc3e6b','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','clean-up','4bf49f563a964b3e8ece13c3eb824880','{"project": "\u9879\u76ee\u6838\u51c6\u6587\u4ef6", "kind": "\u884c\u653f\u8bb8\u53ef\u5ba1\u6279", "basis": "\u300a\u4f01\u4e1a\u6295\u8d44\u9879\u76ee\u6838\u51c6\u548c\u5907\u6848\u7ba1\u7406\u6761\u4f8b\u300b", "own-invention": false}','["4bf49f56-3a96-4b3e-8ece-13c3eb824880", "项目核准文件"]','listed','2026-10-20 23:44:01.444000','2027-07-31 10:00:00.000000',NULL,NULL,'344feccba8db46ab9a8f7e5d6c685233','344feccba8db46ab9a8f7e5d6c685233',NULL,'2026-10-20 23:44:01.444000',1);
INSERT INTO "register_rows" VALUES('341cc46a7fb34442ba9d9b036c5be445','6b8dca93f0404b55a7eb38cf02b7a494','96ab72c5a3404ac78dfe9b71d8aacf8e','contact-areas','f542fb42453a4e57a7494343cda5f755','{"leader": "\u5206\u7ba1\u8fd0\u8f93\u7684\u73ed\u5b50\u6210\u5458", "area": "\u706b\u8f66\u7ad9\u7247\u533a"}','["f542fb42-453a-4e57-a749-4343cda5f755", "火车站片区"]','proposed','2026-10-23 23:44:01.444000',NULL,NULL,NULL,'a8bf5f539a9840e58f139d22cf32ce70','a8bf5f539a9840e58f139d22cf32ce70',NULL,'2026-10-23 23:44:01.444000',1);
INSERT INTO "register_rows" VALUES('52fd7a44e7bb4f7dabd8d3095ba4cde2','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','rosters','4bf49f563a964b3e8ece13c3eb824880','{"window": "\u4e09\u53f7\u7a97\u53e3", "a-post": "\u4f01\u4e1a\u767b\u8bb0A\u5c97", "b-post": "\u4f01\u4e1a\u767b\u8bb0B\u5c97"}','["4bf49f56-3a96-4b3e-8ece-13c3eb824880", "三号窗口"]','complete','2026-10-25 23:44:01.444000',NULL,NULL,NULL,'344feccba8db46ab9a8f7e5d6c685233','344feccba8db46ab9a8f7e5d6c685233','bbd25f58f7644374a72bd5cf0dca7891','2026-10-23 23:44:01.444000',2);
INSERT INTO "register_rows" VALUES('8007e43765b54a6aab6a9931e622669e','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','rosters','4bf49f563a964b3e8ece13c3eb824880','{"window": "\u4e03\u53f7\u7a97\u53e3", "a-post": "\u7efc\u5408\u53d7\u7406A\u5c97"}','["4bf49f56-3a96-4b3e-8ece-13c3eb824880", "七号窗口"]','vacant','2026-11-12 23:44:01.444000','2026-11-18 10:00:00.000000',NULL,'2026-11-22 23:44:01.444000','344feccba8db46ab9a8f7e5d6c685233','344feccba8db46ab9a8f7e5d6c685233','4ed633584770434c84bda1913fdbc703','2026-10-23 23:44:01.444000',4);
INSERT INTO "register_rows" VALUES('3df685428ebd4c0ab879a6f8d80af74c','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','authorisations','4bf49f563a964b3e8ece13c3eb824880','{"post": "\u6295\u8d44\u9879\u76ee\u7a97\u53e3\u9996\u95ee\u5c97", "accept": true, "at-once": true, "coordinate": false, "urge": false}','["4bf49f56-3a96-4b3e-8ece-13c3eb824880", "投资项目窗口首问岗"]','filed','2026-10-28 23:44:01.444000','2026-11-05 10:00:00.000000',NULL,'2026-11-08 23:44:01.444000','344feccba8db46ab9a8f7e5d6c685233','344feccba8db46ab9a8f7e5d6c685233',NULL,'2026-10-28 23:44:01.444000',2);
INSERT INTO "register_rows" VALUES('9ee364111ad4442c974bf5b4a04ac5d7','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','key-posts','f542fb42453a4e57a7494343cda5f755','{"post": "\u51fa\u79df\u6c7d\u8f66\u7ecf\u8425\u8bb8\u53ef\u5c97", "duties": "\u51fa\u79df\u6c7d\u8f66\u7ecf\u8425\u8bb8\u53ef"}','["f542fb42-453a-4e57-a749-4343cda5f755", "出租汽车经营许可岗"]','reported','2026-11-19 23:44:01.444000','2026-12-04 10:00:00.000000',NULL,NULL,'a8bf5f539a9840e58f139d22cf32ce70','a8bf5f539a9840e58f139d22cf32ce70',NULL,'2026-11-19 23:44:01.444000',1);
INSERT INTO "register_rows" VALUES('c3efc0a96d1748da81b4566d5865d01a','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','commitments','f542fb42453a4e57a7494343cda5f755','{"promise": "\u8bc1\u4ef6\u529e\u7406\u65f6\u9650\u538b\u7f29\u4e00\u534a", "keep-by": "2027-01-22"}','["f542fb42-453a-4e57-a749-4343cda5f755", "证件办理时限压缩一半"]','drafted','2026-11-20 23:44:01.444000','2027-06-15 10:00:00.000000',NULL,NULL,'a8bf5f539a9840e58f139d22cf32ce70','a8bf5f539a9840e58f139d22cf32ce70',NULL,'2026-11-20 23:44:01.444000',1);
INSERT INTO "register_rows" VALUES('e045b52394e545f685c7d5893a4cbc86','6b8dca93f0404b55a7eb38cf02b7a494','96ab72c5a3404ac78dfe9b71d8aacf8e','handouts','6b816ee993d1443a84824bb66c07eb68','{"material": "\u73af\u5883\u536b\u751f\u6574\u6cbb\u8981\u70b9", "layer": "\u5e02\u6c11", "staff": 500}','["6b816ee9-93d1-443a-8482-4bb66c07eb68", "环境卫生整治要点", "市民"]','sent','2026-11-21 23:44:01.444000','2026-11-27 10:00:00.000000',NULL,NULL,'bbd25f58f7644374a72bd5cf0dca7891','bbd25f58f7644374a72bd5cf0dca7891',NULL,'2026-11-21 23:44:01.444000',1);
INSERT INTO "register_rows" VALUES('30524017d18f437eb0744d8aa0fb1cdf','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','authorisations','f542fb42453a4e57a7494343cda5f755','{"post": "\u8fd0\u8f93\u8bc1\u4ef6\u7a97\u53e3\u9996\u95ee\u5c97", "accept": true, "at-once": true, "coordinate": true, "urge": true}','["f542fb42-453a-4e57-a749-4343cda5f755", "运输证件窗口首问岗"]','filed','2026-11-21 23:44:01.444000','2026-11-27 10:00:00.000000',NULL,NULL,'a8bf5f539a9840e58f139d22cf32ce70','a8bf5f539a9840e58f139d22cf32ce70',NULL,'2026-11-21 23:44:01.444000',1);
CREATE TABLE result_releases (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	title VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	figures JSON NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	drafted_by CHAR(32) NOT NULL, 
	drafted_at DATETIME NOT NULL, 
	signed_by CHAR(32), 
	published_at DATETIME, 
	withdrawn_at DATETIME, 
	withdrawal_reason VARCHAR, 
	CONSTRAINT pk_result_releases PRIMARY KEY (id), 
	CONSTRAINT ck_result_releases_signed CHECK ((signed_by IS NULL) = (published_at IS NULL)), 
	CONSTRAINT ck_result_releases_withdrawn_with_reason CHECK ((withdrawn_at IS NULL) = (withdrawal_reason IS NULL)), 
	CONSTRAINT ck_result_releases_four_eyes CHECK (signed_by IS NULL OR signed_by <> drafted_by), 
	CONSTRAINT fk_result_releases_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_result_releases_drafted_by_users FOREIGN KEY(drafted_by) REFERENCES users (id), 
	CONSTRAINT fk_result_releases_signed_by_users FOREIGN KEY(signed_by) REFERENCES users (id)
);
CREATE TABLE review_claims (
	record_id CHAR(32) NOT NULL, 
	record_sha256 VARCHAR NOT NULL, 
	reviewer_id CHAR(32) NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_review_claims PRIMARY KEY (record_id), 
	CONSTRAINT fk_review_claims_record_id_records FOREIGN KEY(record_id) REFERENCES records (id), 
	CONSTRAINT fk_review_claims_record_sha256_record_versions FOREIGN KEY(record_sha256) REFERENCES record_versions (record_sha256), 
	CONSTRAINT fk_review_claims_reviewer_id_users FOREIGN KEY(reviewer_id) REFERENCES users (id)
);
CREATE TABLE rule_breaches (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	rulebook_version_id CHAR(32) NOT NULL, 
	rule_set VARCHAR NOT NULL, 
	rule VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	found_on DATE NOT NULL, 
	note VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	repeated BOOLEAN NOT NULL, 
	defiant BOOLEAN NOT NULL, 
	verdict VARCHAR, 
	alleged_by CHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	decided_by CHAR(32), 
	decided_at DATETIME, 
	reason VARCHAR, 
	CONSTRAINT pk_rule_breaches PRIMARY KEY (id), 
	CONSTRAINT ck_rule_breaches_decision CHECK ((state = 'alleged') = (decided_at IS NULL)), 
	CONSTRAINT ck_rule_breaches_four_eyes CHECK (decided_by IS NULL OR decided_by <> alleged_by), 
	CONSTRAINT fk_rule_breaches_alleged_by_users FOREIGN KEY(alleged_by) REFERENCES users (id), 
	CONSTRAINT fk_rule_breaches_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_rule_breaches_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_rule_breaches_decided_by_users FOREIGN KEY(decided_by) REFERENCES users (id), 
	CONSTRAINT fk_rule_breaches_rulebook_version_id_rulebook_versions FOREIGN KEY(rulebook_version_id) REFERENCES rulebook_versions (id), 
	CONSTRAINT fk_rule_breaches_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id)
);
INSERT INTO "rule_breaches" VALUES('c49ada003ca142fc9e63517fd949446e','2a95e8f87577460d843475b8e8e1afc0','6b8dca93f0404b55a7eb38cf02b7a494','f542fb42453a4e57a7494343cda5f755','96ab72c5a3404ac78dfe9b71d8aacf8e','basic-demands','true-report','自报情况与抽查结果一致。','2026-11-10','上月自报首问登记率百分之百，与自查情况不一致。','alleged',0,0,NULL,'4ed633584770434c84bda1913fdbc703','2026-11-09 23:44:01.444000',NULL,NULL,NULL);
INSERT INTO "rule_breaches" VALUES('8fe3959463424365b2bfd1dc740198f7','91adbb9c04084c7b9ce6d016a5118e4e','6b8dca93f0404b55a7eb38cf02b7a494','4bf49f563a964b3e8ece13c3eb824880','96ab72c5a3404ac78dfe9b71d8aacf8e','six-bans','ban-1','严禁工作时间擅离岗位、空岗脱岗（示范条文）。','2026-11-14','上午七号窗口无人在岗三十分钟以上。','established',0,1,'aggravated','4ed633584770434c84bda1913fdbc703','2026-11-13 23:44:01.444000','e86b8dcef421485a96942f813d1fae22','2026-11-15 23:44:01.444000','单位已陈述申辩，事实清楚。');
CREATE TABLE rulebook_versions (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	content JSON NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	reason VARCHAR, 
	loaded_by CHAR(32), 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_rulebook_versions PRIMARY KEY (id), 
	CONSTRAINT fk_rulebook_versions_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_rulebook_versions_loaded_by_users FOREIGN KEY(loaded_by) REFERENCES users (id), 
	CONSTRAINT uq_rulebook_versions_campaign_id_version UNIQUE (campaign_id, version)
);
INSERT INTO "rulebook_versions" VALUES('96ab72c5a3404ac78dfe9b71d8aacf8e','6b8dca93f0404b55a7eb38cf02b7a494',1,'s0-liangzheng','机关作风整顿和四项专项整治（“两整”）','# 来源：市委书记在四个整治通报会上的讲话。文件没有列出的名称和条文注明“拟”，由办公室核定。
rulebook: 1
code: s0-liangzheng
title: 机关作风整顿和四项专项整治（“两整”）
source: 市委书记在四个整治通报会发言

goals:
  - code: visible-effect
    title: 四项专项整治立竿见影，群众感到实效
    indicators:
      - {code: short-closed, title: 短期问题按期整改率, unit: "%", at_least: 100}
      - {code: basic-met, title: 抽查达到最基本要求的比例, unit: "%"}

themes:
  - code: style
    title: 一项整顿：机关干部作风
    rows: [1]
    about: 整顿全市党政群机关干部作风，重点查违反“六条禁令”的行为。
    lead: [other-leads]
  - code: civic
    title: 人文环境整治
    rows: [1, 8, 14]
    about: 市民、公职人员、窗口服务人员三层教育；网络舆情。窗口服务目前落后于金融、电信等企业，要比一比。
    lead: [publicity]
    support: [civility, urban-management]
  - code: enterprise
    title: 企业周边环境整治
    rows: [1]
    lead: [police]
  - code: service
    title: 政务服务环境整治
    rows: [1]
    about: 牵头整改，不是自己整改：分工明确，责任到单位。
    lead: [service-centre]
  - code: city
    title: 城市环境和公共服务行业整治
    rows: [1, 8]
    about: 环境卫生；公交、出租车服务质量，打不打表。
    lead: [urban-management, transport]

actors:
  - {code: leaders, title: 市四大家领导, kind: leadership, rows: [2, 6, 79], duty: 听取调研组汇报后定题；牵头协调跨部门难题；带一两人不打招呼乘车体验。}
  - {code: office, title: 两整办, kind: office, duty: 指导、考核检查、组织暗访、督办。}
  - {code: party-office, title: 市委办, kind: office, rows: [79], duty: 对重点工作加强督办。}
  - {code: survey-groups, title: 调研组, kind: supervisor, rows: [2], count: 12, duty: 广泛征求各方面意见。}
  - {code: publicity, title: 宣传部, kind: lead, rows: [1], count: 1}
  - {code: civility, title: 文明办, kind: lead, rows: [1], count: 1}
  - {code: service-centre, title: 行政服务中心, kind: lead, rows: [1], count: 1}
  - {code: police, title: 公安局, kind: lead, rows: [1], count: 1}
  - {code: transport, title: 交通局, kind: lead, rows: [1], count: 1}
  - {code: urban-management, title: 城管局, kind: lead, rows: [1], count: 1}
  # 文件说牵头部门共八个，点到六个。
  - {code: other-leads, title: 其他牵头部门, kind: lead, rows: [1], count: 2}
  - {code: media, title: 报纸和其他媒体, kind: media, rows: [12, 80], duty: 报道问题怎么改、案件怎么查、人怎么教育。}

stages:
  - code: survey
    title: 调研定题
    rows: [2]
    about: 调研组广泛征求意见，汇总问题。
    points:
      - {code: groups-reported, title: 调研组提交意见, rows: [2], by: survey-groups, at_least: 12}
  - code: mobilise
    title: 动员部署
    rows: [13]
    about: 牵头部门拟定方案，明确牵头和相关部门责任，再动员。
    points:
      - {code: plans, title: 专项整治方案（阶段成果、长效机制）, rows: [1], at_least: 8}
      - {code: duties-written, title: 主责次责形成书面材料, rows: [3]}
      - {code: meeting, title: 动员大会到会人数（三四百人，让职工直接听到）, rows: [13], at_least: 300}
      - {code: booklets, title: 重要材料人手一册, rows: [13]}
    gates:
      - {code: groups-in, kind: campaigns.points_done, title: 调研组意见已收齐, rows: [2]}
      - {code: topics-decided, kind: campaigns.topics_decided, title: 提出的问题逐个定夺, rows: [2], at_least: 1}
      - {code: topics-heard, kind: campaigns.confirmed, title: 四大家领导听取汇报并定题, rows: [2]}
  - code: rectify
    title: 集中整治（三个月）
    rows: [1]
    about: 短期问题在三个月内重点整治，长短结合；边整边改、边查边改。
    to: P3M
    gates:
      - {code: leads-named, kind: campaigns.parts_assigned, title: 八个牵头部门已落实, rows: [1]}
      - {code: mobilised, kind: campaigns.points_done, title: 方案、责任书面材料和动员已完成, rows: [1]}
      - {code: bans-decided, kind: campaigns.rules_complete, title: 六条禁令条文已核定, rows: [9], of: six-bans}
  - code: examples
    title: 宣传好典型
    rows: [12]
    about: 三个月集中整治之后，再宣传工作、作风、整治的好典型。
    from: P3M
    gates:
      - {code: three-months, kind: campaigns.stage_over, title: 三个月集中整治已满, rows: [12]}
      - {code: short-problems, kind: cases.short_closed, title: 短期问题全部办结, rows: [5]}

rule_sets:
- code: six-bans
  title: 六条禁令
  rows:
  - 9
  about: 高压线。讲话没有列出条文，下列各条待办公室按正式文件填写。
  veto: true
  verdict: aggravated
  defiance: true
  repeat_days: 365
  complete: true
  rules:
  - code: ban-1
    kind: must_not
    text: 严禁工作时间擅离岗位、空岗脱岗（示范条文）。
  - code: ban-2
    kind: must_not
    text: 严禁工作时间上网游戏、购物、炒股（示范条文）。
  - code: ban-3
    kind: must_not
    text: 严禁工作日中午饮酒（示范条文）。
  - code: ban-4
    kind: must_not
    text: 严禁推诿扯皮、超时办理（示范条文）。
  - code: ban-5
    kind: must_not
    text: 严禁收受服务对象财物、接受宴请（示范条文）。
  - code: ban-6
    kind: must_not
    text: 严禁态度冷硬、与群众争吵（示范条文）。
- code: basic-demands
  title: 最基本的要求
  rows:
  - 7
  about: 抽查结果与自报是否一致，最基本的要求达到没有。
  veto: false
  rules:
  - code: meter
    kind: must
    text: 出租车打表。
  - code: true-report
    kind: must
    text: 自报情况与抽查结果一致。

visits:
  kinds:
    - {mode: covert, kind: surprise, rows: [6, 33], title: 不打招呼的乘车体验, about: 带一两个人，不跟主管部门说明；受检单位看不到任务。}
    - {mode: covert, kind: routine, rows: [8], title: 两整办组织的暗访}
    - {mode: open, kind: routine, title: 明查}
  # 分量是拟的；文件只说环境卫生、网络舆情要作为重点。
  weights:
    - {theme: city, weight: 3, rows: [8], about: 重点：环境卫生。}
    - {theme: civic, weight: 3, rows: [8], about: 重点：网络舆情。}
    - {theme: service, weight: 2, rows: [8]}
    - {theme: enterprise, weight: 2, rows: [8]}
  checklists:
    - {code: taxi, title: 出租车, themes: [city], rows: [6]}
    - {code: window, title: 窗口服务, themes: [service]}
    - {code: office, title: 机关内务和纪律, themes: [style]}

cases:
  responsibility: {unresolved: lead, rows: [3], about: 要分清主要责任和次要责任，有书面材料；分不清楚，工作不力的责任全部由牵头部门承担。}
  horizons: {short: 三个月集中整治期内解决, rows: [5], about: 短期问题要在这三个月时间内重点整治，长短结合抓整改。}
  sources:
    - {source: visit, rows: [6, 8]}
    - {source: self_reported, rows: [11], about: 不仅限于“两整”办来抓典型，各单位也要抓典型。}
    - {source: media, rows: [8], about: 网络舆情要作为重点。}
    - {source: clue, rows: [10], about: 要查找到执行不到位的人。}
    - {source: superior}
    - {source: complaint}
  terms:
    - {of: at_once, working_days: 3}
    - {of: by_date, working_days: 10}
    - {of: step_by_step, working_days: 60}
    - {of: key_item, working_days: 20, rows: [79], about: 市委办对重点工作要加强督办。}
  requests:
    escalation: {decide_working_days: 1, rows: [4], about: 能做的就做，不能做的要及时向分管领导汇报。}
    coordination: {decide_working_days: 3, rows: [79], about: 跨部门开展整治的情况，市政府一定要做好统筹协调。}
    extension: {most_times: 1, most_working_days: 10, decide_working_days: 2}
    bounce: {decide_working_days: 1}
    pause: {decide_working_days: 2}
  closing:
    outcome: {of: [clue], rows: [10], about: 要查找到执行不到位的人，该公开处理的要公开处理。}
    revisit: {of: [key_item], working_days: 10}
  fields:
    - {code: remedy, title: 问题是怎么改的, needed_for: exposure, rows: [80]}
    - {code: inquiry, title: 案件是怎么查的, needed_for: exposure, rows: [80]}
    - {code: lesson, title: 人是怎么教育的, needed_for: exposure, rows: [80]}

ladders:
  sequences:
    - code: not-carried-out
      title: 抓不到位
      rows: [10]
      categories: [vertical, party_mass, government_functional]
      steps:
        - {code: circular, kind: internal_notice, title: 内部通报}
        - {code: rectify, kind: rectification, title: 限期整改, working_days: 10}
        - code: publish
          kind: exposure
          title: 负面通报见报
          rows: [12, 80]
          about: 只要是被“两整”办负面通报的报纸上要登，其他媒体也要公开。
        - {code: hold-to-account, kind: accountability, title: 追究责任, rows: [10]}
    - code: against-the-wind
      title: 顶风违纪
      rows: [9]
      categories: [vertical, party_mass, government_functional]
      steps:
        - code: circulate
          kind: criticism
          title: 通报批评
          when:
            - {fact: cases.vetoes, title: 违反禁令}
        - {code: heavy, kind: accountability, title: 从重处理}
  rewards:
    - code: good-example
      title: 宣传好典型
      rows: [12]
      about: 三个月集中整治之后，再对出现的好典型进行宣传。
      when:
        - {fact: attested.three-months-over, title: 三个月集中整治已结束}
  facts:
    - {code: three-months-over, title: 三个月集中整治已结束, rows: [12]}
  referral:
    rows: [9]
    bodies:
      - {code: supervision, title: 监察机关}
      - {code: discipline, title: 纪检机关}

# 讲话只要求比对；期限、次数和界限是拟的。
claims:
  rows: [7]
  about: 看抽查的结果是不是跟你说的一致，看最基本的要求达到没有。
  working_days: 5
  hearing_working_days: 5
  least_visits: 8
  tolerance_points: 10
  claimed_good_percent: 90
  seen_bad_percent: 60
  calls:
    - {code: basic-demands, title: 出租车最基本的要求, rows: [7], checklist: taxi, items: [meter, accept, fare, receipt]}
    - {code: window-service, title: 窗口服务基本要求, rows: [7], checklist: window}

registers:
  - code: handouts
    title: 学习材料发放（人手一册）
    rows: [13]
    note: 重要材料做到人手一册，避免信息层层衰减；由单位签收，发到人后填实发数。
    filed_by: [lead]
    visibility: unit
    columns:
      - {code: material, title: 材料, type: text, required: true}
      - {code: layer, title: 教育对象, type: choice, choices: [市民, 国家公职人员, 公共服务人员], required: true}
      - {code: staff, title: 应发人数, type: number, required: true, at_least: 1, unit: 人}
      - {code: copies, title: 实发册数, type: number, at_least: 0, unit: 册}
      - {code: everyone, title: 已人手一册, type: yes_no}
    unique: [unit, material, layer]
    states:
      - {code: sent, title: 已发出, due: {working_days: 5}, remind_working_days: 1, edit: [lead]}
      - {code: received, title: 已签收, due: {working_days: 10}, remind_working_days: 1, edit: [liaison, lead]}
      - {code: read, title: 已人手一册, outcome: done}
    transitions:
      - {from: [sent], to: received, title: 签收, by: [liaison]}
      - {from: [received], to: read, title: 报告发到人, by: [liaison], needs: [{column: copies}, {column: everyone}]}
    completion: {at_least_percent: 100}
  - code: meetings
    title: 职工动员大会
    rows: [13]
    note: 要开大会让职工直接听到声音。
    filed_by: [liaison, lead]
    visibility: unit
    columns:
      - {code: held-on, title: 召开日期, type: date, required: true}
      - {code: attended, title: 到会人数, type: number, required: true, at_least: 1, unit: 人}
    states:
      - {code: reported, title: 已报, edit: [liaison, lead]}
      - {code: confirmed, title: 已核, outcome: done}
    transitions:
      - {from: [reported], to: confirmed, title: 核实, by: [lead], second_person: true}
    quotas:
      - {title: 到会人数（三四百人的大会）, count: sum, column: attended, at_least: 300}
  - code: contact-areas
    title: 领导班子成员挂点分片
    rows: [13]
    filed_by: [liaison, lead]
    visibility: unit
    columns:
      - {code: leader, title: 班子成员, type: person, required: true}
      - {code: area, title: 挂点片区, type: text, required: true}
    unique: [unit, area]
    states:
      - {code: proposed, title: 单位自报}
      - {code: fixed, title: 已定, outcome: done}
    transitions:
      - {from: [proposed], to: fixed, title: 确定, by: [lead]}

cycles:
  duties:
    - {code: covert-rounds, title: 围绕四项整治的暗访通报, rows: [8], every: month, by: office, fulfilled_by: document, due_working_days: 5, remind_working_days: 3, note: 环境卫生、网络舆情作为重点。}
  pace:
    - {code: three-months, title: 三个月集中整治的办结进度, rows: [1], until: P3M, measure: cases}
','{"rulebook": 1, "code": "s0-liangzheng", "title": "\u673a\u5173\u4f5c\u98ce\u6574\u987f\u548c\u56db\u9879\u4e13\u9879\u6574\u6cbb\uff08\u201c\u4e24\u6574\u201d\uff09", "source": "\u5e02\u59d4\u4e66\u8bb0\u5728\u56db\u4e2a\u6574\u6cbb\u901a\u62a5\u4f1a\u53d1\u8a00", "goals": [{"code": "visible-effect", "title": "\u56db\u9879\u4e13\u9879\u6574\u6cbb\u7acb\u7aff\u89c1\u5f71\uff0c\u7fa4\u4f17\u611f\u5230\u5b9e\u6548", "indicators": [{"code": "short-closed", "title": "\u77ed\u671f\u95ee\u9898\u6309\u671f\u6574\u6539\u7387", "unit": "%", "at_least": 100}, {"code": "basic-met", "title": "\u62bd\u67e5\u8fbe\u5230\u6700\u57fa\u672c\u8981\u6c42\u7684\u6bd4\u4f8b", "unit": "%"}]}], "themes": [{"code": "style", "title": "\u4e00\u9879\u6574\u987f\uff1a\u673a\u5173\u5e72\u90e8\u4f5c\u98ce", "rows": [1], "about": "\u6574\u987f\u5168\u5e02\u515a\u653f\u7fa4\u673a\u5173\u5e72\u90e8\u4f5c\u98ce\uff0c\u91cd\u70b9\u67e5\u8fdd\u53cd\u201c\u516d\u6761\u7981\u4ee4\u201d\u7684\u884c\u4e3a\u3002", "lead": ["other-leads"]}, {"code": "civic", "title": "\u4eba\u6587\u73af\u5883\u6574\u6cbb", "rows": [1, 8, 14], "about": "\u5e02\u6c11\u3001\u516c\u804c\u4eba\u5458\u3001\u7a97\u53e3\u670d\u52a1\u4eba\u5458\u4e09\u5c42\u6559\u80b2\uff1b\u7f51\u7edc\u8206\u60c5\u3002\u7a97\u53e3\u670d\u52a1\u76ee\u524d\u843d\u540e\u4e8e\u91d1\u878d\u3001\u7535\u4fe1\u7b49\u4f01\u4e1a\uff0c\u8981\u6bd4\u4e00\u6bd4\u3002", "lead": ["publicity"], "support": ["civility", "urban-management"]}, {"code": "enterprise", "title": "\u4f01\u4e1a\u5468\u8fb9\u73af\u5883\u6574\u6cbb", "rows": [1], "lead": ["police"]}, {"code": "service", "title": "\u653f\u52a1\u670d\u52a1\u73af\u5883\u6574\u6cbb", "rows": [1], "about": "\u7275\u5934\u6574\u6539\uff0c\u4e0d\u662f\u81ea\u5df1\u6574\u6539\uff1a\u5206\u5de5\u660e\u786e\uff0c\u8d23\u4efb\u5230\u5355\u4f4d\u3002", "lead": ["service-centre"]}, {"code": "city", "title": "\u57ce\u5e02\u73af\u5883\u548c\u516c\u5171\u670d\u52a1\u884c\u4e1a\u6574\u6cbb", "rows": [1, 8], "about": "\u73af\u5883\u536b\u751f\uff1b\u516c\u4ea4\u3001\u51fa\u79df\u8f66\u670d\u52a1\u8d28\u91cf\uff0c\u6253\u4e0d\u6253\u8868\u3002", "lead": ["urban-management", "transport"]}], "actors": [{"code": "leaders", "title": "\u5e02\u56db\u5927\u5bb6\u9886\u5bfc", "kind": "leadership", "rows": [2, 6, 79], "duty": "\u542c\u53d6\u8c03\u7814\u7ec4\u6c47\u62a5\u540e\u5b9a\u9898\uff1b\u7275\u5934\u534f\u8c03\u8de8\u90e8\u95e8\u96be\u9898\uff1b\u5e26\u4e00\u4e24\u4eba\u4e0d\u6253\u62db\u547c\u4e58\u8f66\u4f53\u9a8c\u3002"}, {"code": "office", "title": "\u4e24\u6574\u529e", "kind": "office", "duty": "\u6307\u5bfc\u3001\u8003\u6838\u68c0\u67e5\u3001\u7ec4\u7ec7\u6697\u8bbf\u3001\u7763\u529e\u3002"}, {"code": "party-office", "title": "\u5e02\u59d4\u529e", "kind": "office", "rows": [79], "duty": "\u5bf9\u91cd\u70b9\u5de5\u4f5c\u52a0\u5f3a\u7763\u529e\u3002"}, {"code": "survey-groups", "title": "\u8c03\u7814\u7ec4", "kind": "supervisor", "rows": [2], "count": 12, "duty": "\u5e7f\u6cdb\u5f81\u6c42\u5404\u65b9\u9762\u610f\u89c1\u3002"}, {"code": "publicity", "title": "\u5ba3\u4f20\u90e8", "kind": "lead", "rows": [1], "count": 1}, {"code": "civility", "title": "\u6587\u660e\u529e", "kind": "lead", "rows": [1], "count": 1}, {"code": "service-centre", "title": "\u884c\u653f\u670d\u52a1\u4e2d\u5fc3", "kind": "lead", "rows": [1], "count": 1}, {"code": "police", "title": "\u516c\u5b89\u5c40", "kind": "lead", "rows": [1], "count": 1}, {"code": "transport", "title": "\u4ea4\u901a\u5c40", "kind": "lead", "rows": [1], "count": 1}, {"code": "urban-management", "title": "\u57ce\u7ba1\u5c40", "kind": "lead", "rows": [1], "count": 1}, {"code": "other-leads", "title": "\u5176\u4ed6\u7275\u5934\u90e8\u95e8", "kind": "lead", "rows": [1], "count": 2}, {"code": "media", "title": "\u62a5\u7eb8\u548c\u5176\u4ed6\u5a92\u4f53", "kind": "media", "rows": [12, 80], "duty": "\u62a5\u9053\u95ee\u9898\u600e\u4e48\u6539\u3001\u6848\u4ef6\u600e\u4e48\u67e5\u3001\u4eba\u600e\u4e48\u6559\u80b2\u3002"}], "stages": [{"code": "survey", "title": "\u8c03\u7814\u5b9a\u9898", "rows": [2], "about": "\u8c03\u7814\u7ec4\u5e7f\u6cdb\u5f81\u6c42\u610f\u89c1\uff0c\u6c47\u603b\u95ee\u9898\u3002", "points": [{"code": "groups-reported", "title": "\u8c03\u7814\u7ec4\u63d0\u4ea4\u610f\u89c1", "rows": [2], "by": "survey-groups", "at_least": 12}]}, {"code": "mobilise", "title": "\u52a8\u5458\u90e8\u7f72", "rows": [13], "about": "\u7275\u5934\u90e8\u95e8\u62df\u5b9a\u65b9\u6848\uff0c\u660e\u786e\u7275\u5934\u548c\u76f8\u5173\u90e8\u95e8\u8d23\u4efb\uff0c\u518d\u52a8\u5458\u3002", "points": [{"code": "plans", "title": "\u4e13\u9879\u6574\u6cbb\u65b9\u6848\uff08\u9636\u6bb5\u6210\u679c\u3001\u957f\u6548\u673a\u5236\uff09", "rows": [1], "at_least": 8}, {"code": "duties-written", "title": "\u4e3b\u8d23\u6b21\u8d23\u5f62\u6210\u4e66\u9762\u6750\u6599", "rows": [3]}, {"code": "meeting", "title": "\u52a8\u5458\u5927\u4f1a\u5230\u4f1a\u4eba\u6570\uff08\u4e09\u56db\u767e\u4eba\uff0c\u8ba9\u804c\u5de5\u76f4\u63a5\u542c\u5230\uff09", "rows": [13], "at_least": 300}, {"code": "booklets", "title": "\u91cd\u8981\u6750\u6599\u4eba\u624b\u4e00\u518c", "rows": [13]}], "gates": [{"code": "groups-in", "kind": "campaigns.points_done", "title": "\u8c03\u7814\u7ec4\u610f\u89c1\u5df2\u6536\u9f50", "rows": [2]}, {"code": "topics-decided", "kind": "campaigns.topics_decided", "title": "\u63d0\u51fa\u7684\u95ee\u9898\u9010\u4e2a\u5b9a\u593a", "rows": [2], "at_least": 1}, {"code": "topics-heard", "kind": "campaigns.confirmed", "title": "\u56db\u5927\u5bb6\u9886\u5bfc\u542c\u53d6\u6c47\u62a5\u5e76\u5b9a\u9898", "rows": [2]}]}, {"code": "rectify", "title": "\u96c6\u4e2d\u6574\u6cbb\uff08\u4e09\u4e2a\u6708\uff09", "rows": [1], "about": "\u77ed\u671f\u95ee\u9898\u5728\u4e09\u4e2a\u6708\u5185\u91cd\u70b9\u6574\u6cbb\uff0c\u957f\u77ed\u7ed3\u5408\uff1b\u8fb9\u6574\u8fb9\u6539\u3001\u8fb9\u67e5\u8fb9\u6539\u3002", "to": "P3M", "gates": [{"code": "leads-named", "kind": "campaigns.parts_assigned", "title": "\u516b\u4e2a\u7275\u5934\u90e8\u95e8\u5df2\u843d\u5b9e", "rows": [1]}, {"code": "mobilised", "kind": "campaigns.points_done", "title": "\u65b9\u6848\u3001\u8d23\u4efb\u4e66\u9762\u6750\u6599\u548c\u52a8\u5458\u5df2\u5b8c\u6210", "rows": [1]}, {"code": "bans-decided", "kind": "campaigns.rules_complete", "title": "\u516d\u6761\u7981\u4ee4\u6761\u6587\u5df2\u6838\u5b9a", "rows": [9], "of": "six-bans"}]}, {"code": "examples", "title": "\u5ba3\u4f20\u597d\u5178\u578b", "rows": [12], "about": "\u4e09\u4e2a\u6708\u96c6\u4e2d\u6574\u6cbb\u4e4b\u540e\uff0c\u518d\u5ba3\u4f20\u5de5\u4f5c\u3001\u4f5c\u98ce\u3001\u6574\u6cbb\u7684\u597d\u5178\u578b\u3002", "from": "P3M", "gates": [{"code": "three-months", "kind": "campaigns.stage_over", "title": "\u4e09\u4e2a\u6708\u96c6\u4e2d\u6574\u6cbb\u5df2\u6ee1", "rows": [12]}, {"code": "short-problems", "kind": "cases.short_closed", "title": "\u77ed\u671f\u95ee\u9898\u5168\u90e8\u529e\u7ed3", "rows": [5]}]}], "rule_sets": [{"code": "six-bans", "title": "\u516d\u6761\u7981\u4ee4", "rows": [9], "about": "\u9ad8\u538b\u7ebf\u3002\u8bb2\u8bdd\u6ca1\u6709\u5217\u51fa\u6761\u6587\uff0c\u4e0b\u5217\u5404\u6761\u5f85\u529e\u516c\u5ba4\u6309\u6b63\u5f0f\u6587\u4ef6\u586b\u5199\u3002", "veto": true, "verdict": "aggravated", "defiance": true, "repeat_days": 365, "complete": true, "rules": [{"code": "ban-1", "kind": "must_not", "text": "\u4e25\u7981\u5de5\u4f5c\u65f6\u95f4\u64c5\u79bb\u5c97\u4f4d\u3001\u7a7a\u5c97\u8131\u5c97\uff08\u793a\u8303\u6761\u6587\uff09\u3002"}, {"code": "ban-2", "kind": "must_not", "text": "\u4e25\u7981\u5de5\u4f5c\u65f6\u95f4\u4e0a\u7f51\u6e38\u620f\u3001\u8d2d\u7269\u3001\u7092\u80a1\uff08\u793a\u8303\u6761\u6587\uff09\u3002"}, {"code": "ban-3", "kind": "must_not", "text": "\u4e25\u7981\u5de5\u4f5c\u65e5\u4e2d\u5348\u996e\u9152\uff08\u793a\u8303\u6761\u6587\uff09\u3002"}, {"code": "ban-4", "kind": "must_not", "text": "\u4e25\u7981\u63a8\u8bff\u626f\u76ae\u3001\u8d85\u65f6\u529e\u7406\uff08\u793a\u8303\u6761\u6587\uff09\u3002"}, {"code": "ban-5", "kind": "must_not", "text": "\u4e25\u7981\u6536\u53d7\u670d\u52a1\u5bf9\u8c61\u8d22\u7269\u3001\u63a5\u53d7\u5bb4\u8bf7\uff08\u793a\u8303\u6761\u6587\uff09\u3002"}, {"code": "ban-6", "kind": "must_not", "text": "\u4e25\u7981\u6001\u5ea6\u51b7\u786c\u3001\u4e0e\u7fa4\u4f17\u4e89\u5435\uff08\u793a\u8303\u6761\u6587\uff09\u3002"}]}, {"code": "basic-demands", "title": "\u6700\u57fa\u672c\u7684\u8981\u6c42", "rows": [7], "about": "\u62bd\u67e5\u7ed3\u679c\u4e0e\u81ea\u62a5\u662f\u5426\u4e00\u81f4\uff0c\u6700\u57fa\u672c\u7684\u8981\u6c42\u8fbe\u5230\u6ca1\u6709\u3002", "veto": false, "rules": [{"code": "meter", "kind": "must", "text": "\u51fa\u79df\u8f66\u6253\u8868\u3002"}, {"code": "true-report", "kind": "must", "text": "\u81ea\u62a5\u60c5\u51b5\u4e0e\u62bd\u67e5\u7ed3\u679c\u4e00\u81f4\u3002"}]}], "visits": {"kinds": [{"mode": "covert", "kind": "surprise", "rows": [6, 33], "title": "\u4e0d\u6253\u62db\u547c\u7684\u4e58\u8f66\u4f53\u9a8c", "about": "\u5e26\u4e00\u4e24\u4e2a\u4eba\uff0c\u4e0d\u8ddf\u4e3b\u7ba1\u90e8\u95e8\u8bf4\u660e\uff1b\u53d7\u68c0\u5355\u4f4d\u770b\u4e0d\u5230\u4efb\u52a1\u3002"}, {"mode": "covert", "kind": "routine", "rows": [8], "title": "\u4e24\u6574\u529e\u7ec4\u7ec7\u7684\u6697\u8bbf"}, {"mode": "open", "kind": "routine", "title": "\u660e\u67e5"}], "weights": [{"theme": "city", "weight": 3, "rows": [8], "about": "\u91cd\u70b9\uff1a\u73af\u5883\u536b\u751f\u3002"}, {"theme": "civic", "weight": 3, "rows": [8], "about": "\u91cd\u70b9\uff1a\u7f51\u7edc\u8206\u60c5\u3002"}, {"theme": "service", "weight": 2, "rows": [8]}, {"theme": "enterprise", "weight": 2, "rows": [8]}], "checklists": [{"code": "taxi", "title": "\u51fa\u79df\u8f66", "themes": ["city"], "rows": [6]}, {"code": "window", "title": "\u7a97\u53e3\u670d\u52a1", "themes": ["service"]}, {"code": "office", "title": "\u673a\u5173\u5185\u52a1\u548c\u7eaa\u5f8b", "themes": ["style"]}]}, "cases": {"responsibility": {"unresolved": "lead", "rows": [3], "about": "\u8981\u5206\u6e05\u4e3b\u8981\u8d23\u4efb\u548c\u6b21\u8981\u8d23\u4efb\uff0c\u6709\u4e66\u9762\u6750\u6599\uff1b\u5206\u4e0d\u6e05\u695a\uff0c\u5de5\u4f5c\u4e0d\u529b\u7684\u8d23\u4efb\u5168\u90e8\u7531\u7275\u5934\u90e8\u95e8\u627f\u62c5\u3002"}, "horizons": {"short": "\u4e09\u4e2a\u6708\u96c6\u4e2d\u6574\u6cbb\u671f\u5185\u89e3\u51b3", "rows": [5], "about": "\u77ed\u671f\u95ee\u9898\u8981\u5728\u8fd9\u4e09\u4e2a\u6708\u65f6\u95f4\u5185\u91cd\u70b9\u6574\u6cbb\uff0c\u957f\u77ed\u7ed3\u5408\u6293\u6574\u6539\u3002"}, "sources": [{"source": "visit", "rows": [6, 8]}, {"source": "self_reported", "rows": [11], "about": "\u4e0d\u4ec5\u9650\u4e8e\u201c\u4e24\u6574\u201d\u529e\u6765\u6293\u5178\u578b\uff0c\u5404\u5355\u4f4d\u4e5f\u8981\u6293\u5178\u578b\u3002"}, {"source": "media", "rows": [8], "about": "\u7f51\u7edc\u8206\u60c5\u8981\u4f5c\u4e3a\u91cd\u70b9\u3002"}, {"source": "clue", "rows": [10], "about": "\u8981\u67e5\u627e\u5230\u6267\u884c\u4e0d\u5230\u4f4d\u7684\u4eba\u3002"}, {"source": "superior"}, {"source": "complaint"}], "terms": [{"of": "at_once", "working_days": 3}, {"of": "by_date", "working_days": 10}, {"of": "step_by_step", "working_days": 60}, {"of": "key_item", "working_days": 20, "rows": [79], "about": "\u5e02\u59d4\u529e\u5bf9\u91cd\u70b9\u5de5\u4f5c\u8981\u52a0\u5f3a\u7763\u529e\u3002"}], "requests": {"escalation": {"decide_working_days": 1, "rows": [4], "about": "\u80fd\u505a\u7684\u5c31\u505a\uff0c\u4e0d\u80fd\u505a\u7684\u8981\u53ca\u65f6\u5411\u5206\u7ba1\u9886\u5bfc\u6c47\u62a5\u3002"}, "coordination": {"decide_working_days": 3, "rows": [79], "about": "\u8de8\u90e8\u95e8\u5f00\u5c55\u6574\u6cbb\u7684\u60c5\u51b5\uff0c\u5e02\u653f\u5e9c\u4e00\u5b9a\u8981\u505a\u597d\u7edf\u7b79\u534f\u8c03\u3002"}, "extension": {"most_times": 1, "most_working_days": 10, "decide_working_days": 2}, "bounce": {"decide_working_days": 1}, "pause": {"decide_working_days": 2}}, "closing": {"outcome": {"of": ["clue"], "rows": [10], "about": "\u8981\u67e5\u627e\u5230\u6267\u884c\u4e0d\u5230\u4f4d\u7684\u4eba\uff0c\u8be5\u516c\u5f00\u5904\u7406\u7684\u8981\u516c\u5f00\u5904\u7406\u3002"}, "revisit": {"of": ["key_item"], "working_days": 10}}, "fields": [{"code": "remedy", "title": "\u95ee\u9898\u662f\u600e\u4e48\u6539\u7684", "needed_for": "exposure", "rows": [80]}, {"code": "inquiry", "title": "\u6848\u4ef6\u662f\u600e\u4e48\u67e5\u7684", "needed_for": "exposure", "rows": [80]}, {"code": "lesson", "title": "\u4eba\u662f\u600e\u4e48\u6559\u80b2\u7684", "needed_for": "exposure", "rows": [80]}]}, "ladders": {"sequences": [{"code": "not-carried-out", "title": "\u6293\u4e0d\u5230\u4f4d", "rows": [10], "categories": ["vertical", "party_mass", "government_functional"], "steps": [{"code": "circular", "kind": "internal_notice", "title": "\u5185\u90e8\u901a\u62a5"}, {"code": "rectify", "kind": "rectification", "title": "\u9650\u671f\u6574\u6539", "working_days": 10}, {"code": "publish", "kind": "exposure", "title": "\u8d1f\u9762\u901a\u62a5\u89c1\u62a5", "rows": [12, 80], "about": "\u53ea\u8981\u662f\u88ab\u201c\u4e24\u6574\u201d\u529e\u8d1f\u9762\u901a\u62a5\u7684\u62a5\u7eb8\u4e0a\u8981\u767b\uff0c\u5176\u4ed6\u5a92\u4f53\u4e5f\u8981\u516c\u5f00\u3002"}, {"code": "hold-to-account", "kind": "accountability", "title": "\u8ffd\u7a76\u8d23\u4efb", "rows": [10]}]}, {"code": "against-the-wind", "title": "\u9876\u98ce\u8fdd\u7eaa", "rows": [9], "categories": ["vertical", "party_mass", "government_functional"], "steps": [{"code": "circulate", "kind": "criticism", "title": "\u901a\u62a5\u6279\u8bc4", "when": [{"fact": "cases.vetoes", "title": "\u8fdd\u53cd\u7981\u4ee4"}]}, {"code": "heavy", "kind": "accountability", "title": "\u4ece\u91cd\u5904\u7406"}]}], "rewards": [{"code": "good-example", "title": "\u5ba3\u4f20\u597d\u5178\u578b", "rows": [12], "about": "\u4e09\u4e2a\u6708\u96c6\u4e2d\u6574\u6cbb\u4e4b\u540e\uff0c\u518d\u5bf9\u51fa\u73b0\u7684\u597d\u5178\u578b\u8fdb\u884c\u5ba3\u4f20\u3002", "when": [{"fact": "attested.three-months-over", "title": "\u4e09\u4e2a\u6708\u96c6\u4e2d\u6574\u6cbb\u5df2\u7ed3\u675f"}]}], "facts": [{"code": "three-months-over", "title": "\u4e09\u4e2a\u6708\u96c6\u4e2d\u6574\u6cbb\u5df2\u7ed3\u675f", "rows": [12]}], "referral": {"rows": [9], "bodies": [{"code": "supervision", "title": "\u76d1\u5bdf\u673a\u5173"}, {"code": "discipline", "title": "\u7eaa\u68c0\u673a\u5173"}]}}, "claims": {"rows": [7], "about": "\u770b\u62bd\u67e5\u7684\u7ed3\u679c\u662f\u4e0d\u662f\u8ddf\u4f60\u8bf4\u7684\u4e00\u81f4\uff0c\u770b\u6700\u57fa\u672c\u7684\u8981\u6c42\u8fbe\u5230\u6ca1\u6709\u3002", "working_days": 5, "hearing_working_days": 5, "least_visits": 8, "tolerance_points": 10, "claimed_good_percent": 90, "seen_bad_percent": 60, "calls": [{"code": "basic-demands", "title": "\u51fa\u79df\u8f66\u6700\u57fa\u672c\u7684\u8981\u6c42", "rows": [7], "checklist": "taxi", "items": ["meter", "accept", "fare", "receipt"]}, {"code": "window-service", "title": "\u7a97\u53e3\u670d\u52a1\u57fa\u672c\u8981\u6c42", "rows": [7], "checklist": "window"}]}, "registers": [{"code": "handouts", "title": "\u5b66\u4e60\u6750\u6599\u53d1\u653e\uff08\u4eba\u624b\u4e00\u518c\uff09", "rows": [13], "note": "\u91cd\u8981\u6750\u6599\u505a\u5230\u4eba\u624b\u4e00\u518c\uff0c\u907f\u514d\u4fe1\u606f\u5c42\u5c42\u8870\u51cf\uff1b\u7531\u5355\u4f4d\u7b7e\u6536\uff0c\u53d1\u5230\u4eba\u540e\u586b\u5b9e\u53d1\u6570\u3002", "filed_by": ["lead"], "visibility": "unit", "columns": [{"code": "material", "title": "\u6750\u6599", "type": "text", "required": true}, {"code": "layer", "title": "\u6559\u80b2\u5bf9\u8c61", "type": "choice", "choices": ["\u5e02\u6c11", "\u56fd\u5bb6\u516c\u804c\u4eba\u5458", "\u516c\u5171\u670d\u52a1\u4eba\u5458"], "required": true}, {"code": "staff", "title": "\u5e94\u53d1\u4eba\u6570", "type": "number", "required": true, "at_least": 1, "unit": "\u4eba"}, {"code": "copies", "title": "\u5b9e\u53d1\u518c\u6570", "type": "number", "at_least": 0, "unit": "\u518c"}, {"code": "everyone", "title": "\u5df2\u4eba\u624b\u4e00\u518c", "type": "yes_no"}], "unique": ["unit", "material", "layer"], "states": [{"code": "sent", "title": "\u5df2\u53d1\u51fa", "due": {"working_days": 5}, "remind_working_days": 1, "edit": ["lead"]}, {"code": "received", "title": "\u5df2\u7b7e\u6536", "due": {"working_days": 10}, "remind_working_days": 1, "edit": ["liaison", "lead"]}, {"code": "read", "title": "\u5df2\u4eba\u624b\u4e00\u518c", "outcome": "done"}], "transitions": [{"from": ["sent"], "to": "received", "title": "\u7b7e\u6536", "by": ["liaison"]}, {"from": ["received"], "to": "read", "title": "\u62a5\u544a\u53d1\u5230\u4eba", "by": ["liaison"], "needs": [{"column": "copies"}, {"column": "everyone"}]}], "completion": {"at_least_percent": 100}}, {"code": "meetings", "title": "\u804c\u5de5\u52a8\u5458\u5927\u4f1a", "rows": [13], "note": "\u8981\u5f00\u5927\u4f1a\u8ba9\u804c\u5de5\u76f4\u63a5\u542c\u5230\u58f0\u97f3\u3002", "filed_by": ["liaison", "lead"], "visibility": "unit", "columns": [{"code": "held-on", "title": "\u53ec\u5f00\u65e5\u671f", "type": "date", "required": true}, {"code": "attended", "title": "\u5230\u4f1a\u4eba\u6570", "type": "number", "required": true, "at_least": 1, "unit": "\u4eba"}], "states": [{"code": "reported", "title": "\u5df2\u62a5", "edit": ["liaison", "lead"]}, {"code": "confirmed", "title": "\u5df2\u6838", "outcome": "done"}], "transitions": [{"from": ["reported"], "to": "confirmed", "title": "\u6838\u5b9e", "by": ["lead"], "second_person": true}], "quotas": [{"title": "\u5230\u4f1a\u4eba\u6570\uff08\u4e09\u56db\u767e\u4eba\u7684\u5927\u4f1a\uff09", "count": "sum", "column": "attended", "at_least": 300}]}, {"code": "contact-areas", "title": "\u9886\u5bfc\u73ed\u5b50\u6210\u5458\u6302\u70b9\u5206\u7247", "rows": [13], "filed_by": ["liaison", "lead"], "visibility": "unit", "columns": [{"code": "leader", "title": "\u73ed\u5b50\u6210\u5458", "type": "person", "required": true}, {"code": "area", "title": "\u6302\u70b9\u7247\u533a", "type": "text", "required": true}], "unique": ["unit", "area"], "states": [{"code": "proposed", "title": "\u5355\u4f4d\u81ea\u62a5"}, {"code": "fixed", "title": "\u5df2\u5b9a", "outcome": "done"}], "transitions": [{"from": ["proposed"], "to": "fixed", "title": "\u786e\u5b9a", "by": ["lead"]}]}], "cycles": {"duties": [{"code": "covert-rounds", "title": "\u56f4\u7ed5\u56db\u9879\u6574\u6cbb\u7684\u6697\u8bbf\u901a\u62a5", "rows": [8], "every": "month", "by": "office", "fulfilled_by": "document", "due_working_days": 5, "remind_working_days": 3, "note": "\u73af\u5883\u536b\u751f\u3001\u7f51\u7edc\u8206\u60c5\u4f5c\u4e3a\u91cd\u70b9\u3002"}], "pace": [{"code": "three-months", "title": "\u4e09\u4e2a\u6708\u96c6\u4e2d\u6574\u6cbb\u7684\u529e\u7ed3\u8fdb\u5ea6", "rows": [1], "until": "P3M", "measure": "cases"}]}}','f398591b5babe1050ad1547be3512555c3ef7ab7788c64e14ffe8c027e5c1685',NULL,NULL,'2026-09-23 23:44:01.444000');
INSERT INTO "rulebook_versions" VALUES('47dddaf42f4f4ac2beb2cd1f49bb09bd','7b68badc8e00439581cb4adc45abe517',1,'s1-sanxiang-zhidu','转变干部作风、落实首问负责限时办结责任追究三项制度','# 来源：市落实三项制度工作电视电话会议讲话。日期不写年份：取行动首日起的第一个。
rulebook: 1
code: s1-sanxiang-zhidu
title: 转变干部作风、落实首问负责限时办结责任追究三项制度
source: 市落实三项制度工作电视电话会议讲话

goals:
  - code: environment
    title: 投资环境和政务环境明显改善
    rows: [37]
    indicators:
      - {code: half-year, title: 上半年任务完成率（时间过半，任务过半）, unit: "%", at_least: 50}
      - {code: speed-up, title: 审批时间比法定时限缩短, unit: "%", at_least: 50}

themes:
  - {code: service-centre, title: 政务服务中心筹建和完善, rows: [19, 20, 21], lead: [style-office], support: [service-centre]}
  - {code: four-ways, title: 四办工作制, rows: [22], lead: [service-centre], support: [discipline]}
  - {code: key-posts, title: 重点监督岗位和电子监察, rows: [24, 25], lead: [style-office], support: [discipline]}
  - {code: clean-up, title: 审批和收费项目清理, rows: [27], lead: [style-office], support: [discipline]}
  - {code: decoupling, title: 行业协会和中介组织脱钩, rows: [28], lead: [civil-affairs]}
  - {code: three-systems, title: 三项制度和公开承诺, rows: [15, 16, 17, 26, 29], lead: [style-office]}
  - {code: hot-issues, title: 群众反映强烈的突出问题, rows: [30, 31, 82], lead: [style-office], support: [police]}
  - {code: office-order, title: 机关办公环境和文明用语, rows: [35, 36], lead: [style-office]}

actors:
  - {code: leaders, title: 市委市政府领导, kind: leadership, rows: [22, 29], duty: 行政首长现场办公；审核公开承诺方案。}
  - {code: style-office, title: 作风效能办, kind: office, rows: [18, 24, 30], count: 1, duty: 牵头方案、审核窗口人员、归纳反馈投诉、督促整改。}
  - {code: service-centre, title: 政务服务中心, kind: lead, rows: [19, 21], count: 1, duty: 一窗受理、一站办结、一窗收费；指导县市筹建。}
  - {code: discipline, title: 纪检监察机关, kind: supervisor, rows: [20, 27], duty: 派员跟踪督办；查处违规收费和明取消暗保留。}
  - {code: civil-affairs, title: 民政部门, kind: lead, rows: [28], count: 1, duty: 梳理登记在案的协会和中介组织。}
  - {code: police, title: 政法部门, kind: support, rows: [31]}
  - {code: counties, title: 未建中心的三县一市, kind: inspected, rows: [21], count: 4, duty: 六月底前组建完毕、挂牌上班。}
  - {code: inspection-group, title: 专项督查组, kind: supervisor, rows: [33], duty: 明查与暗访、常规与突击相结合。}
  - {code: superior-group, title: 自治区督查组, kind: supervisor, rows: [34]}

stages:
- code: mobilise
  title: 动员部署
  rows:
  - 83
- code: find
  title: 查摆剖析
  rows:
  - 83
  about: 广泛征求意见，查摆问题，剖析根源，明确整改方向和措施。
- code: rectify
  title: 集中整改
  rows:
  - 83
  about: 第三阶段，时间跨度最长、工作量最大；工作要点逐条逐项落实。
  points:
  - code: centres
    title: 三县一市政务服务中心挂牌上班
    rows:
    - 21
    - 83
    by: counties
    due: --06-30
    at_least: 4
  - code: must-enter
    title: 应进必进方案，逐个部门核实
    rows:
    - 19
    - 83
    by: style-office
  - code: four-ways
    title: 四办工作制操作流程
    rows:
    - 22
    - 83
    by: service-centre
  - code: posts
    title: 首批重点监督岗位公布
    rows:
    - 24
    - 83
    by: style-office
    at_least: 86
  - code: monitoring
    title: 电子监察系统安装并联网
    rows:
    - 25
    - 83
    due: --06-30
  - code: clean-up
    title: 审批和收费项目清理完成
    rows:
    - 27
    - 83
    due: --07-31
  - code: decoupled
    title: 协会中介与职能部门脱钩
    rows:
    - 28
    - 83
    by: civil-affairs
  - code: plans-signed
    title: 公开承诺方案报分管领导审核
    rows:
    - 29
    - 83
    due: --06-15
  - code: plans-filed
    title: 公开承诺报作风效能办
    rows:
    - 29
    - 83
    due: --06-30
  - code: own-pledges
    title: 个人承诺在单位内部公布
    rows:
    - 29
    - 83
    due: --06-30
  - code: special-actions
    title: 群众反映强烈问题专项整治
    rows:
    - 82
    - 83
    by: style-office
    at_least: 2
  - code: office-order
    title: 办公环境检查评比
    rows:
    - 36
    - 83
    by: style-office
  gates:
  - code: problems-found
    kind: campaigns.confirmed
    title: 查摆出的问题和整改措施已审定
    rows:
    - 83
- code: wind-up
  title: 总结
  about: 讲话只说到第三阶段；要点落实后总结，日期待定。
  gates:
  - code: points-done
    kind: campaigns.points_done
    title: 第三阶段工作要点逐条落实
    rows:
    - 83
  - code: special-actions
    kind: campaigns.topics_decided
    title: 群众反映强烈的问题专项整治立项
    rows:
    - 82
    of: hot-issues
    at_least: 2

rule_sets:
  - code: three-systems
    title: 三项制度
    rows: [15]
    veto: false
    rules:
      - {code: first-asked, kind: must, rows: [16], text: 首问责任制：首问责任人有受理权、即办权、协调权、督办权，并一次性告知。}
      - {code: time-limit, kind: must, rows: [26], text: 限时办结制：在法定时间内减少一半审批时间。}
      - {code: accountability, kind: must, rows: [81], text: 责任追究制：市里统一制度，部门可以细化，不得放宽。}
      - {code: no-empty-window, kind: must_not, rows: [17], text: 设AB岗，不得出现空窗空岗。}
      - {code: no-temps, kind: must_not, rows: [18], text: 不得派临时工或二层单位人员驻窗口。}
      - {code: no-two-doors, kind: must_not, rows: [19], text: 同一事项不得中心内外两头受理。}
      - {code: no-fees-outside, kind: must_not, rows: [20], text: 不得在政务服务中心之外收费。}
      - {code: no-hidden-items, kind: must_not, rows: [27], text: 取消的审批收费项目不得明取消暗保留。}
  - code: five-types
    title: 五型机关
    rows: [36]
    about: 争创荣誉的评比条件。
    veto: false
    rules:
      - {code: learning, kind: must, text: 学习型}
      - {code: innovative, kind: must, text: 创新型}
      - {code: serving, kind: must, text: 服务型}
      - {code: honest, kind: must, text: 诚信型}
      - {code: clean, kind: must, text: 廉洁型}
  - code: four-goods
    title: 四好干部
    rows: [36]
    about: 争创荣誉的评比条件；只评先进，不给人打分排队。
    veto: false
    rules:
      - {code: study, kind: must, text: 学习好}
      - {code: service, kind: must, text: 服务好}
      - {code: results, kind: must, text: 绩效好}
      - {code: image, kind: must, text: 形象好}

visits:
  kinds:
    - {mode: open, kind: routine, rows: [33], title: 常规明查}
    - {mode: open, kind: surprise, rows: [33], title: 突击明查}
    - {mode: covert, kind: routine, rows: [33], title: 常规暗访}
    - {mode: covert, kind: surprise, rows: [33], title: 突击暗访}
  checklists:
    - {code: window, title: 首问、限时、追责和窗口, themes: [three-systems, service-centre, four-ways], rows: [15]}
    - {code: office, title: 办公室卫生和电话用语, themes: [office-order], rows: [36]}

cases:
  classes:
    - {class: at_once, title: 对具备整改条件的问题，要马上整改, rows: [32]}
    - {class: by_date, title: 通过努力能够解决的问题，要限期整改, rows: [32]}
    - {class: step_by_step, title: 一时难以解决的问题，要向群众说明情况，逐步解决, rows: [32]}
  sources:
    - {source: visit, rows: [33]}
    - {source: complaint, rows: [30], about: 群众投诉归纳整理，反馈各有关单位，并督促整改；发现一起，处理一起。}
    - {source: superior, rows: [34], about: 上级督查组指出：有些窗口部门没有设立首问岗。这个问题要纠正。}
    - {source: self_reported}
    - {source: clue}
  terms:
    - {of: at_once, working_days: 3}
    - {of: by_date, working_days: 10}
    - {of: step_by_step, working_days: 60}
  topics:
    - {code: no-first-desk, title: 未设首问岗、导办岗, rows: [34]}
    - {code: two-doors, title: 两头受理, rows: [19]}
    - {code: queue-no-cure, title: 只挂号不看病, rows: [19]}
    - {code: fee-outside, title: 在中心之外收费, rows: [20]}
    - {code: kept-in-secret, title: 明取消暗保留, rows: [27]}
    - {code: vacant-post, title: 空窗空岗, rows: [17]}
    - {code: discipline, title: 上下班纪律, rows: [35]}
    - {code: meetings, title: 会风, rows: [35]}
    - {code: inaction, title: 行政不作为、乱作为, rows: [30]}
    - {code: security, title: 园区周边治安, rows: [82]}
    - {code: road-fees, title: 乱收占道费, rows: [82]}
    - {code: refused, title: 拒不整改, rows: [22]}
  recurrence: {days: 120, rows: [35], about: 对已经取得的整改成果要做好巩固工作，防止问题的反弹。}
  requests:
    extension: {most_times: 1, most_working_days: 5, decide_working_days: 1}
    bounce: {decide_working_days: 1}
  closing:
    revisit: {of: [step_by_step], working_days: 20}

complaints:
  rows: [30]
  note: 群众投诉归纳整理，反馈各有关单位，并督促整改；发现一起，处理一起。
  clusters:
    - {code: strong, title: 群众集中反映同一类问题, of: received, by: topic, at_least: 5, days: 30, rows: [82], about: 群众反映强烈的问题，专项整治立项。}
    - {code: one-unit, title: 同一单位投诉多次查实, of: verified, by: unit, at_least: 3, days: 60, rows: [30, 82]}

ladders:
  sequences:
    - code: accountability
      title: 责任追究
      rows: [81]
      categories: [vertical, party_mass, government_functional]
      steps:
        - {code: point-out, kind: internal_notice, title: 及时指出、及时纠正}
        - {code: rectify, kind: rectification, title: 限期整改, working_days: 10}
        - {code: circulate, kind: criticism, title: 通报}
        - {code: expose, kind: exposure, title: 反面典型曝光}
        - {code: hold, kind: accountability, title: 追究责任}
    - code: refusal
      title: 拒不整改
      rows: [22]
      categories: [vertical, party_mass, government_functional]
      steps:
        - code: circulate
          kind: criticism
          title: 通报
          when:
            - {fact: cases.overdue, title: 逾期未整改}
            - {fact: cases.reminded, title: 已经催办}
        - {code: handle, kind: accountability, title: 处理}
  accountability:
    - {code: not-performed, title: 不履行好职责, ladder: accountability, step: circulate, rows: [81]}
    - {code: empty-post, title: 空窗空岗, ladder: accountability, step: rectify, rows: [81]}
  referral:
    rows: [20, 27]
    bodies:
      - {code: discipline, title: 纪检监察机关, rows: [20, 27], about: 在中心之外收费的，一律视为违规，纪检部门要查处。}

registers:
  - code: key-posts
    title: 重点监督岗位名录（第一批）
    rows: [24]
    note: 单位自报，办公室拟定，政府研究确定，向社会公布；各县（市）参照。
    filed_by: [liaison, lead]
    visibility: unit
    columns:
      - {code: post, title: 岗位, type: post, required: true, public: true}
      - {code: duties, title: 行政审批职责, type: text, required: true, public: true}
      - {code: site, title: 所在场所, type: site}
      - {code: weight, title: 抽查权重, type: number, at_least: 1, at_most: 1000}
    unique: [unit, post]
    states:
      - {code: reported, title: 单位自报, due: {working_days: 10}, remind_working_days: 1}
      - {code: proposed, title: 拟定, edit: [lead]}
      - {code: decided, title: 政府已定, due: {working_days: 5}, remind_working_days: 1}
      - {code: published, title: 已公布, public: true, outcome: done}
      - {code: dropped, title: 未列入, outcome: void}
    transitions:
      - {from: [reported], to: proposed, title: 列入拟定名录, by: [lead], needs: [{column: weight}]}
      - {from: [reported, proposed], to: dropped, title: 不列入, by: [lead], reason: true}
      - {from: [proposed], to: decided, title: 政府研究确定, by: [approver], second_person: true}
      - {from: [decided], to: published, title: 向社会公布, by: [lead]}
    draw_weight: weight
    quotas:
      - {title: 第一批重点监督岗位, count: rows, exactly: 86}
  - code: authorisations
    title: 首问责任人授权书
    rows: [16]
    note: 派驻窗口的人就是单位的首问责任人，四项权要给足。
    filed_by: [liaison]
    visibility: unit
    columns:
      - {code: post, title: 首问责任岗位, type: post, required: true, public: true}
      - {code: accept, title: 受理权（含一次性告知义务）, type: yes_no, required: true, public: true}
      - {code: at-once, title: 即办权, type: yes_no, required: true, public: true}
      - {code: coordinate, title: 协调权, type: yes_no, required: true, public: true}
      - {code: urge, title: 督办权, type: yes_no, required: true, public: true}
    unique: [unit, post]
    states:
      - {code: filed, title: 已报, due: {working_days: 5}, remind_working_days: 1}
      - {code: effective, title: 已生效, public: true, outcome: done}
      - {code: revoked, title: 已撤销, outcome: void}
    transitions:
      - from: [filed]
        to: effective
        title: 核准
        by: [lead]
        needs: [{column: accept}, {column: at-once}, {column: coordinate}, {column: urge}]
      - {from: [filed, effective], to: revoked, title: 撤销, by: [lead], reason: true}
    completion: {at_least_percent: 100}
  - code: rosters
    title: 首问责任岗AB岗表
    rows: [17]
    note: 值班人员不在时有人顶班，不得空窗空岗；只记岗位，不记考勤。
    filed_by: [liaison]
    visibility: unit
    columns:
      - {code: window, title: 窗口或岗位, type: text, required: true}
      - {code: a-post, title: A岗, type: post, required: true}
      - {code: b-post, title: B岗, type: post}
    unique: [unit, window]
    distinct: [a-post, b-post]
    states:
      - {code: filed, title: 已报, edit: [liaison], due: {working_days: 5}, remind_working_days: 1}
      - {code: complete, title: AB岗齐备, edit: [liaison], outcome: done}
      - {code: vacant, title: 查实空岗, edit: [liaison], due: {working_days: 3}, remind_working_days: 1}
      - {code: abolished, title: 窗口撤销, outcome: void}
    transitions:
      - {from: [filed, vacant], to: complete, title: 核准, by: [lead], needs: [{column: b-post}]}
      - {from: [filed, complete], to: vacant, title: 记为空岗, by: [lead, reviewer], reason: true}
      - {from: [filed, complete, vacant], to: abolished, title: 撤销窗口, by: [lead], reason: true}
    completion: {at_least_percent: 100}
  - code: window-staff
    title: 派驻窗口人员审核
    rows: [18]
    note: 政治过硬、待人热情、精通业务、严守法纪、善于协调；不合格的退回，责成单位另外选派；不得派临时工和二层单位人员。
    filed_by: [liaison]
    visibility: unit
    columns:
      - {code: person, title: 人选, type: person, required: true}
      - {code: post, title: 派驻岗位, type: post, required: true}
      - {code: employment, title: 人员身份, type: choice, choices: [本单位在编人员, 临时工, 二层单位人员], refused: [临时工, 二层单位人员], required: true}
      - {code: core, title: 业务骨干, type: yes_no, required: true}
      - {code: opinion, title: 审核意见, type: text}
    unique: [unit, person, post]
    states:
      - {code: nominated, title: 待审核, due: {working_days: 5}, remind_working_days: 1}
      - {code: admitted, title: 准予派驻, outcome: done}
      - {code: returned, title: 退回另派, due: {working_days: 5}, remind_working_days: 1}
      - {code: replaced, title: 已另派, outcome: void}
    transitions:
      - {from: [nominated], to: admitted, title: 准予派驻, by: [lead, reviewer], second_person: true, needs: [{column: core}]}
      - {from: [nominated, admitted], to: returned, title: 退回另派, by: [lead, reviewer], reason: true}
      - {from: [returned], to: replaced, title: 另派人选已报, by: [liaison]}
  - code: items
    title: 行政审批事项名录（应进必进）
    rows: [19]
    note: 凡审批事项必进中心，不进的是例外；不得中心内外两头受理。
    filed_by: [liaison, lead]
    visibility: unit
    columns:
      - {code: item, title: 审批事项, type: text, required: true, public: true}
      - {code: kind, title: 类别, type: choice, choices: [行政许可, 非行政许可], required: true, public: true}
      - {code: inside, title: 进中心受理, type: yes_no, required: true, public: true}
      - {code: outside, title: 中心外也受理, type: yes_no, required: true}
      - {code: full-authority, title: 窗口充分授权, type: yes_no, required: true}
    unique: [unit, item]
    states:
      - {code: listed, title: 待核实, edit: [liaison, lead], due: {working_days: 10}, remind_working_days: 2}
      - {code: inside, title: 已进中心, public: true, outcome: done}
      - {code: excepted, title: 经批准不进, public: true, outcome: done}
      - {code: ordered, title: 责令进中心, edit: [liaison, lead], due: {working_days: 5}, remind_working_days: 1}
    transitions:
      - from: [listed, ordered]
        to: inside
        title: 核实进中心
        by: [lead]
        needs: [{column: inside}, {column: outside, among: ["否"]}, {column: full-authority}]
      - {from: [listed], to: ordered, title: 责令进中心, by: [lead], reason: true}
      - {from: [listed, ordered], to: excepted, title: 政府批准例外, by: [approver], reason: true, second_person: true, needs: [{column: inside, among: ["否"]}]}
    completion: {at_least_percent: 100}
  - code: fee-violations
    title: 中心外收费问题
    rows: [20]
    note: 凡在政务服务中心审批的项目都在中心一个窗口收费、统一发票；中心之外收费一律视为违规，移送纪检部门查处。
    filed_by: [lead, reviewer]
    visibility: office
    columns:
      - {code: item, title: 收费项目, type: text, required: true}
      - {code: found-on, title: 发现日期, type: date, required: true}
      - {code: amount, title: 金额, type: number, at_least: 0, unit: 元}
      - {code: invoice, title: 统一发票, type: yes_no, required: true}
      - {code: receiver, title: 接收机关, type: text}
    states:
      - {code: found, title: 已发现, due: {working_days: 3}, remind_working_days: 1}
      - {code: referred, title: 已移送纪检, outcome: done}
      - {code: unfounded, title: 不成立, outcome: void}
    transitions:
      - {from: [found], to: referred, title: 移送纪检部门, by: [approver], reason: true, second_person: true, needs: [{column: receiver}]}
      - {from: [found], to: unfounded, title: 经核不成立, by: [lead], reason: true, second_person: true}
    completion: {at_least_percent: 100}
  - code: milestones
    title: 政务服务中心组建和电子监察联网
    rows: [21, 25]
    note: 三县一市的政务服务中心务必于6月底前组建完毕、挂牌上班，名称统一；电子监察系统6月份完成安装并联网。
    filed_by: [lead]
    visibility: unit
    columns:
      - {code: what, title: 任务, type: choice, choices: [政务服务中心挂牌, 电子监察系统联网], required: true, public: true}
      - {code: name, title: 机构名称, type: text, public: true}
      - {code: done-on, title: 完成日期, type: date, public: true}
    unique: [unit, what]
    states:
      - {code: building, title: 筹建, edit: [liaison, lead], due: {day: "--06-30"}, remind_working_days: 5}
      - {code: reported, title: 已报完成, edit: [lead], due: {working_days: 5}}
      - {code: verified, title: 已核实, public: true, outcome: done}
    transitions:
      - from: [building]
        to: reported
        title: 报告完成
        by: [liaison]
        needs: [{column: done-on}, {column: name, among: [政务服务中心], when: {column: what, among: [政务服务中心挂牌]}}]
      - {from: [reported], to: verified, title: 核实, by: [lead]}
      - {from: [reported], to: building, title: 退回, by: [lead], reason: true}
    completion: {at_least_percent: 100, by: "--06-30"}
    quotas:
      - {title: 三县一市挂牌, count: rows, where: {column: what, among: [政务服务中心挂牌]}, exactly: 4}
  - code: four-services
    title: 四办工作制推行情况
    rows: [22]
    note: 代办、领办、跟办督办、行政首长现场办公；对存在问题又拒不整改的要予以通报和处理。
    filed_by: [liaison, lead]
    visibility: unit
    columns:
      - {code: on-behalf, title: 代办, type: yes_no, required: true}
      - {code: guided, title: 领办（首问岗或导办岗）, type: yes_no, required: true}
      - {code: followed, title: 跟办督办, type: yes_no, required: true}
      - {code: leader-on-site, title: 行政首长现场办公, type: yes_no, required: true}
      - {code: remark, title: 明察暗访情况, type: text}
    unique: [unit]
    states:
      - {code: reported, title: 单位自报, edit: [liaison, lead], due: {working_days: 10}, remind_working_days: 2}
      - {code: in-force, title: 已推行, outcome: done}
      - {code: ordered, title: 责令整改, edit: [liaison], due: {working_days: 10}, remind_working_days: 2}
      - {code: refused, title: 拒不整改, due: {working_days: 3}}
      - {code: announced, title: 已通报处理, outcome: done}
    transitions:
      - from: [reported, ordered]
        to: in-force
        title: 核实推行
        by: [lead]
        needs: [{column: on-behalf}, {column: guided}, {column: followed}, {column: leader-on-site}]
      - {from: [reported], to: ordered, title: 责令整改, by: [lead], reason: true}
      - {from: [ordered], to: refused, title: 认定拒不整改, by: [lead], reason: true}
      - {from: [refused], to: announced, title: 通报处理, by: [approver], reason: true, second_person: true}
    completion: {at_least_percent: 100}
  - code: guide-posts
    title: 导办岗设置
    rows: [23]
    note: 大的机关单位要设立导办岗，小的单位可实行人人导办制。
    filed_by: [liaison]
    visibility: unit
    columns:
      - {code: size, title: 单位规模, type: choice, choices: [大单位, 小单位], required: true, public: true}
      - {code: arrangement, title: 导办方式, type: choice, choices: [导办岗, 人人导办制], required: true, public: true}
      - {code: where, title: 设在何处, type: text, public: true}
    unique: [unit]
    states:
      - {code: reported, title: 单位自报, edit: [liaison], due: {working_days: 5}, remind_working_days: 1}
      - {code: confirmed, title: 已核准, public: true, outcome: done}
    transitions:
      - from: [reported]
        to: confirmed
        title: 核准
        by: [lead]
        needs: [{column: arrangement, among: [导办岗], when: {column: size, among: [大单位]}}]
    completion: {at_least_percent: 100}
  - code: clean-up
    title: 审批和收费项目清理
    rows: [27]
    note: 自立名目的一律取消并向社会公布，7月底前完成；拒不取消、明取消暗保留的坚决查处。
    filed_by: [liaison, lead]
    visibility: unit
    columns:
      - {code: project, title: 项目, type: text, required: true, public: true}
      - {code: kind, title: 类别, type: choice, choices: [行政许可审批, 非行政许可审批, 收费], required: true, public: true}
      - {code: basis, title: 设定依据, type: text, public: true}
      - {code: own-invention, title: 上级规定范围之外自立名目, type: yes_no, required: true}
    unique: [unit, project]
    states:
      - {code: listed, title: 待清理, edit: [liaison, lead], due: {day: "--07-31"}, remind_working_days: 5}
      - {code: kept, title: 保留, public: true, outcome: done}
      - {code: cancelled, title: 取消, public: true, outcome: done}
      - {code: hidden, title: 明取消暗保留, due: {working_days: 5}}
      - {code: punished, title: 已查处, public: true, outcome: done}
    transitions:
      - {from: [listed], to: kept, title: 保留, by: [lead], second_person: true, needs: [{column: basis}, {column: own-invention, among: ["否"]}]}
      - {from: [listed], to: cancelled, title: 取消, by: [lead], reason: true}
      - {from: [cancelled], to: hidden, title: 查实明取消暗保留, by: [lead, reviewer], reason: true}
      - {from: [hidden], to: punished, title: 查处, by: [approver], reason: true, second_person: true}
    completion: {at_least_percent: 100, by: "--07-31"}
  - code: associations
    title: 行业协会、中介组织脱钩
    rows: [28]
    note: 民政部门梳理挂靠关系，主管部门主动申报，第三阶段完成彻底脱钩。
    filed_by: [liaison, lead]
    visibility: unit
    columns:
      - {code: association, title: 协会或中介组织, type: text, required: true, public: true}
      - {code: authority, title: 主管部门, type: unit, required: true, public: true}
      - {code: reported-by, title: 来源, type: choice, choices: [民政部门梳理, 主管部门申报], required: true}
      - {code: fees, title: 收费情况, type: text}
      - {code: staff-apart, title: 人员分开, type: yes_no}
      - {code: money-apart, title: 财务分开, type: yes_no}
      - {code: office-apart, title: 办公场所分开, type: yes_no}
    unique: [association]
    states:
      - {code: listed, title: 待脱钩, edit: [liaison, lead], due: {working_days: 60}, remind_working_days: 10}
      - {code: apart, title: 已脱钩, public: true, outcome: done}
    transitions:
      - {from: [listed], to: apart, title: 核实脱钩, by: [lead], needs: [{column: staff-apart}, {column: money-apart}, {column: office-apart}]}
    completion: {at_least_percent: 100}
  - code: commitments
    title: 单位公开承诺
    rows: [29]
    note: 6月中旬报分管领导审核，6月底报办公室，分期分批登报；到期核验兑现。
    filed_by: [liaison]
    visibility: unit
    columns:
      - {code: promise, title: 承诺事项, type: text, required: true, public: true}
      - {code: keep-by, title: 兑现日期, type: date, required: true, public: true}
      - {code: batch, title: 公布批次, type: number, at_least: 1}
      - {code: outlet, title: 公布媒体, type: text}
      - {code: proof, title: 兑现情况, type: text, public: true}
    unique: [unit, promise]
    states:
      - {code: drafted, title: 拟定, due: {day: "--06-15"}, remind_working_days: 3}
      - {code: agreed, title: 分管领导已审, due: {day: "--06-30"}, remind_working_days: 3}
      - {code: filed, title: 已报办公室, edit: [lead], due: {working_days: 10}}
      - {code: published, title: 已公布, public: true, edit: [liaison], due: {column: keep-by}, remind_working_days: 5}
      - {code: kept, title: 已兑现, public: true, outcome: done}
      - {code: broken, title: 未兑现, public: true, outcome: done}
    transitions:
      - {from: [drafted], to: agreed, title: 审核同意, by: [approver], second_person: true}
      - {from: [agreed, filed], to: drafted, title: 退回, by: [lead, approver], reason: true}
      - {from: [agreed], to: filed, title: 报办公室, by: [liaison]}
      - {from: [filed], to: published, title: 登报公布, by: [lead], needs: [{column: batch}, {column: outlet}]}
      - {from: [published], to: kept, title: 核验兑现, by: [lead, reviewer], second_person: true, needs: [{column: proof}]}
      - {from: [published], to: broken, title: 认定未兑现, by: [lead], reason: true}
  - code: personal-commitments
    title: 干部职工个人承诺
    rows: [29]
    note: 由单位分管领导审定，在单位内部公布，不向社会公开；6月底前完成。
    filed_by: [liaison]
    visibility: unit
    columns:
      - {code: person, title: 承诺人, type: person, required: true}
      - {code: promise, title: 承诺事项, type: text, required: true}
    unique: [unit, person]
    states:
      - {code: drafted, title: 待审定, due: {day: "--06-30"}, remind_working_days: 3}
      - {code: internal, title: 已在单位内部公布, outcome: done}
    transitions:
      - {from: [drafted], to: internal, title: 单位审定公布, by: [liaison], second_person: true}
    completion: {at_least_percent: 100, by: "--06-30"}
  - code: operations
    title: 专项整治战果
    rows: [31]
    note: 群众反映强烈的突出问题专项整治，逐次记日期和可核对的数目。
    filed_by: [liaison, lead]
    visibility: unit
    columns:
      - {code: operation, title: 行动, type: text, required: true, public: true}
      - {code: held-on, title: 日期, type: date, required: true, public: true}
      - {code: force, title: 出动, type: number, required: true, at_least: 1, unit: 人次, public: true}
      - {code: premises, title: 清查场所, type: number, at_least: 0, unit: 家, public: true}
      - {code: vehicles, title: 查扣无牌无证车辆, type: number, at_least: 0, unit: 辆, public: true}
      - {code: weapons, title: 收缴管制刀具, type: number, at_least: 0, unit: 把, public: true}
      - {code: arrests, title: 抓获犯罪嫌疑人, type: number, at_least: 0, unit: 人, public: true}
      - {code: paper, title: 依据的台账编号, type: text, required: true}
    unique: [unit, operation, held-on]
    states:
      - {code: reported, title: 已报, edit: [liaison, lead], due: {working_days: 5}}
      - {code: checked, title: 已核, public: true, outcome: done}
    transitions:
      - {from: [reported], to: checked, title: 对账核实, by: [lead, reviewer], second_person: true}
      - {from: [checked], to: reported, title: 数目有误，退回, by: [lead], reason: true}

supervision:
  rows: [25, 26]
  note: 一律提速50%左右，即承诺时限不超过法定时限的一半；蓝牌提示，黄牌、红牌记到单位。
  promised_share_percent: 50
  on_excess: refuse
  joint:
    rows: [26]
    note: 涉及多部门和多科室审批的，变串联审批为并联审批；确需串联的提前介入；明确牵头部门和牵头岗位。
    serial: flag
  colours:
    blue: {of: promised, working_days: -1, points: 1}
    yellow: {of: promised, working_days: 1, points: 5}
    red: {of: legal, working_days: 1, points: 10}

cycles:
  duties:
    - {code: rebound-checks, title: 上下班纪律、会风、城乡清洁复查, rows: [35], every: month, by: office, fulfilled_by: report, due_working_days: 5, remind_working_days: 3, note: 对已取得的成果继续督查，防止反弹。}
    - code: leader-on-site
      title: 行政首长到中心现场办公
      rows: [22]
      every: month
      by: unit
      parts: [service-centre, counties]
      fulfilled_by: count
      count: {title: 现场办公, unit: 次, at_least: 1, at_most_each: 31}
      due_working_days: 3
      remind_working_days: 3
    - {code: key-points, title: 工作要点逐条落实情况报告, rows: [83], every: stage, by: office, fulfilled_by: report, due_working_days: 5, remind_working_days: 3}
  pace:
    - {code: half-year, title: 时间过半任务过半, rows: [37], measure: duties}
    - {code: authorised, title: 首问责任人授权进度, rows: [16, 37], measure: register, register: authorisations}
','{"rulebook": 1, "code": "s1-sanxiang-zhidu", "title": "\u8f6c\u53d8\u5e72\u90e8\u4f5c\u98ce\u3001\u843d\u5b9e\u9996\u95ee\u8d1f\u8d23\u9650\u65f6\u529e\u7ed3\u8d23\u4efb\u8ffd\u7a76\u4e09\u9879\u5236\u5ea6", "source": "\u5e02\u843d\u5b9e\u4e09\u9879\u5236\u5ea6\u5de5\u4f5c\u7535\u89c6\u7535\u8bdd\u4f1a\u8bae\u8bb2\u8bdd", "goals": [{"code": "environment", "title": "\u6295\u8d44\u73af\u5883\u548c\u653f\u52a1\u73af\u5883\u660e\u663e\u6539\u5584", "rows": [37], "indicators": [{"code": "half-year", "title": "\u4e0a\u534a\u5e74\u4efb\u52a1\u5b8c\u6210\u7387\uff08\u65f6\u95f4\u8fc7\u534a\uff0c\u4efb\u52a1\u8fc7\u534a\uff09", "unit": "%", "at_least": 50}, {"code": "speed-up", "title": "\u5ba1\u6279\u65f6\u95f4\u6bd4\u6cd5\u5b9a\u65f6\u9650\u7f29\u77ed", "unit": "%", "at_least": 50}]}], "themes": [{"code": "service-centre", "title": "\u653f\u52a1\u670d\u52a1\u4e2d\u5fc3\u7b79\u5efa\u548c\u5b8c\u5584", "rows": [19, 20, 21], "lead": ["style-office"], "support": ["service-centre"]}, {"code": "four-ways", "title": "\u56db\u529e\u5de5\u4f5c\u5236", "rows": [22], "lead": ["service-centre"], "support": ["discipline"]}, {"code": "key-posts", "title": "\u91cd\u70b9\u76d1\u7763\u5c97\u4f4d\u548c\u7535\u5b50\u76d1\u5bdf", "rows": [24, 25], "lead": ["style-office"], "support": ["discipline"]}, {"code": "clean-up", "title": "\u5ba1\u6279\u548c\u6536\u8d39\u9879\u76ee\u6e05\u7406", "rows": [27], "lead": ["style-office"], "support": ["discipline"]}, {"code": "decoupling", "title": "\u884c\u4e1a\u534f\u4f1a\u548c\u4e2d\u4ecb\u7ec4\u7ec7\u8131\u94a9", "rows": [28], "lead": ["civil-affairs"]}, {"code": "three-systems", "title": "\u4e09\u9879\u5236\u5ea6\u548c\u516c\u5f00\u627f\u8bfa", "rows": [15, 16, 17, 26, 29], "lead": ["style-office"]}, {"code": "hot-issues", "title": "\u7fa4\u4f17\u53cd\u6620\u5f3a\u70c8\u7684\u7a81\u51fa\u95ee\u9898", "rows": [30, 31, 82], "lead": ["style-office"], "support": ["police"]}, {"code": "office-order", "title": "\u673a\u5173\u529e\u516c\u73af\u5883\u548c\u6587\u660e\u7528\u8bed", "rows": [35, 36], "lead": ["style-office"]}], "actors": [{"code": "leaders", "title": "\u5e02\u59d4\u5e02\u653f\u5e9c\u9886\u5bfc", "kind": "leadership", "rows": [22, 29], "duty": "\u884c\u653f\u9996\u957f\u73b0\u573a\u529e\u516c\uff1b\u5ba1\u6838\u516c\u5f00\u627f\u8bfa\u65b9\u6848\u3002"}, {"code": "style-office", "title": "\u4f5c\u98ce\u6548\u80fd\u529e", "kind": "office", "rows": [18, 24, 30], "count": 1, "duty": "\u7275\u5934\u65b9\u6848\u3001\u5ba1\u6838\u7a97\u53e3\u4eba\u5458\u3001\u5f52\u7eb3\u53cd\u9988\u6295\u8bc9\u3001\u7763\u4fc3\u6574\u6539\u3002"}, {"code": "service-centre", "title": "\u653f\u52a1\u670d\u52a1\u4e2d\u5fc3", "kind": "lead", "rows": [19, 21], "count": 1, "duty": "\u4e00\u7a97\u53d7\u7406\u3001\u4e00\u7ad9\u529e\u7ed3\u3001\u4e00\u7a97\u6536\u8d39\uff1b\u6307\u5bfc\u53bf\u5e02\u7b79\u5efa\u3002"}, {"code": "discipline", "title": "\u7eaa\u68c0\u76d1\u5bdf\u673a\u5173", "kind": "supervisor", "rows": [20, 27], "duty": "\u6d3e\u5458\u8ddf\u8e2a\u7763\u529e\uff1b\u67e5\u5904\u8fdd\u89c4\u6536\u8d39\u548c\u660e\u53d6\u6d88\u6697\u4fdd\u7559\u3002"}, {"code": "civil-affairs", "title": "\u6c11\u653f\u90e8\u95e8", "kind": "lead", "rows": [28], "count": 1, "duty": "\u68b3\u7406\u767b\u8bb0\u5728\u6848\u7684\u534f\u4f1a\u548c\u4e2d\u4ecb\u7ec4\u7ec7\u3002"}, {"code": "police", "title": "\u653f\u6cd5\u90e8\u95e8", "kind": "support", "rows": [31]}, {"code": "counties", "title": "\u672a\u5efa\u4e2d\u5fc3\u7684\u4e09\u53bf\u4e00\u5e02", "kind": "inspected", "rows": [21], "count": 4, "duty": "\u516d\u6708\u5e95\u524d\u7ec4\u5efa\u5b8c\u6bd5\u3001\u6302\u724c\u4e0a\u73ed\u3002"}, {"code": "inspection-group", "title": "\u4e13\u9879\u7763\u67e5\u7ec4", "kind": "supervisor", "rows": [33], "duty": "\u660e\u67e5\u4e0e\u6697\u8bbf\u3001\u5e38\u89c4\u4e0e\u7a81\u51fb\u76f8\u7ed3\u5408\u3002"}, {"code": "superior-group", "title": "\u81ea\u6cbb\u533a\u7763\u67e5\u7ec4", "kind": "supervisor", "rows": [34]}], "stages": [{"code": "mobilise", "title": "\u52a8\u5458\u90e8\u7f72", "rows": [83]}, {"code": "find", "title": "\u67e5\u6446\u5256\u6790", "rows": [83], "about": "\u5e7f\u6cdb\u5f81\u6c42\u610f\u89c1\uff0c\u67e5\u6446\u95ee\u9898\uff0c\u5256\u6790\u6839\u6e90\uff0c\u660e\u786e\u6574\u6539\u65b9\u5411\u548c\u63aa\u65bd\u3002"}, {"code": "rectify", "title": "\u96c6\u4e2d\u6574\u6539", "rows": [83], "about": "\u7b2c\u4e09\u9636\u6bb5\uff0c\u65f6\u95f4\u8de8\u5ea6\u6700\u957f\u3001\u5de5\u4f5c\u91cf\u6700\u5927\uff1b\u5de5\u4f5c\u8981\u70b9\u9010\u6761\u9010\u9879\u843d\u5b9e\u3002", "points": [{"code": "centres", "title": "\u4e09\u53bf\u4e00\u5e02\u653f\u52a1\u670d\u52a1\u4e2d\u5fc3\u6302\u724c\u4e0a\u73ed", "rows": [21, 83], "by": "counties", "due": "--06-30", "at_least": 4}, {"code": "must-enter", "title": "\u5e94\u8fdb\u5fc5\u8fdb\u65b9\u6848\uff0c\u9010\u4e2a\u90e8\u95e8\u6838\u5b9e", "rows": [19, 83], "by": "style-office"}, {"code": "four-ways", "title": "\u56db\u529e\u5de5\u4f5c\u5236\u64cd\u4f5c\u6d41\u7a0b", "rows": [22, 83], "by": "service-centre"}, {"code": "posts", "title": "\u9996\u6279\u91cd\u70b9\u76d1\u7763\u5c97\u4f4d\u516c\u5e03", "rows": [24, 83], "by": "style-office", "at_least": 86}, {"code": "monitoring", "title": "\u7535\u5b50\u76d1\u5bdf\u7cfb\u7edf\u5b89\u88c5\u5e76\u8054\u7f51", "rows": [25, 83], "due": "--06-30"}, {"code": "clean-up", "title": "\u5ba1\u6279\u548c\u6536\u8d39\u9879\u76ee\u6e05\u7406\u5b8c\u6210", "rows": [27, 83], "due": "--07-31"}, {"code": "decoupled", "title": "\u534f\u4f1a\u4e2d\u4ecb\u4e0e\u804c\u80fd\u90e8\u95e8\u8131\u94a9", "rows": [28, 83], "by": "civil-affairs"}, {"code": "plans-signed", "title": "\u516c\u5f00\u627f\u8bfa\u65b9\u6848\u62a5\u5206\u7ba1\u9886\u5bfc\u5ba1\u6838", "rows": [29, 83], "due": "--06-15"}, {"code": "plans-filed", "title": "\u516c\u5f00\u627f\u8bfa\u62a5\u4f5c\u98ce\u6548\u80fd\u529e", "rows": [29, 83], "due": "--06-30"}, {"code": "own-pledges", "title": "\u4e2a\u4eba\u627f\u8bfa\u5728\u5355\u4f4d\u5185\u90e8\u516c\u5e03", "rows": [29, 83], "due": "--06-30"}, {"code": "special-actions", "title": "\u7fa4\u4f17\u53cd\u6620\u5f3a\u70c8\u95ee\u9898\u4e13\u9879\u6574\u6cbb", "rows": [82, 83], "by": "style-office", "at_least": 2}, {"code": "office-order", "title": "\u529e\u516c\u73af\u5883\u68c0\u67e5\u8bc4\u6bd4", "rows": [36, 83], "by": "style-office"}], "gates": [{"code": "problems-found", "kind": "campaigns.confirmed", "title": "\u67e5\u6446\u51fa\u7684\u95ee\u9898\u548c\u6574\u6539\u63aa\u65bd\u5df2\u5ba1\u5b9a", "rows": [83]}]}, {"code": "wind-up", "title": "\u603b\u7ed3", "about": "\u8bb2\u8bdd\u53ea\u8bf4\u5230\u7b2c\u4e09\u9636\u6bb5\uff1b\u8981\u70b9\u843d\u5b9e\u540e\u603b\u7ed3\uff0c\u65e5\u671f\u5f85\u5b9a\u3002", "gates": [{"code": "points-done", "kind": "campaigns.points_done", "title": "\u7b2c\u4e09\u9636\u6bb5\u5de5\u4f5c\u8981\u70b9\u9010\u6761\u843d\u5b9e", "rows": [83]}, {"code": "special-actions", "kind": "campaigns.topics_decided", "title": "\u7fa4\u4f17\u53cd\u6620\u5f3a\u70c8\u7684\u95ee\u9898\u4e13\u9879\u6574\u6cbb\u7acb\u9879", "rows": [82], "of": "hot-issues", "at_least": 2}]}], "rule_sets": [{"code": "three-systems", "title": "\u4e09\u9879\u5236\u5ea6", "rows": [15], "veto": false, "rules": [{"code": "first-asked", "kind": "must", "rows": [16], "text": "\u9996\u95ee\u8d23\u4efb\u5236\uff1a\u9996\u95ee\u8d23\u4efb\u4eba\u6709\u53d7\u7406\u6743\u3001\u5373\u529e\u6743\u3001\u534f\u8c03\u6743\u3001\u7763\u529e\u6743\uff0c\u5e76\u4e00\u6b21\u6027\u544a\u77e5\u3002"}, {"code": "time-limit", "kind": "must", "rows": [26], "text": "\u9650\u65f6\u529e\u7ed3\u5236\uff1a\u5728\u6cd5\u5b9a\u65f6\u95f4\u5185\u51cf\u5c11\u4e00\u534a\u5ba1\u6279\u65f6\u95f4\u3002"}, {"code": "accountability", "kind": "must", "rows": [81], "text": "\u8d23\u4efb\u8ffd\u7a76\u5236\uff1a\u5e02\u91cc\u7edf\u4e00\u5236\u5ea6\uff0c\u90e8\u95e8\u53ef\u4ee5\u7ec6\u5316\uff0c\u4e0d\u5f97\u653e\u5bbd\u3002"}, {"code": "no-empty-window", "kind": "must_not", "rows": [17], "text": "\u8bbeAB\u5c97\uff0c\u4e0d\u5f97\u51fa\u73b0\u7a7a\u7a97\u7a7a\u5c97\u3002"}, {"code": "no-temps", "kind": "must_not", "rows": [18], "text": "\u4e0d\u5f97\u6d3e\u4e34\u65f6\u5de5\u6216\u4e8c\u5c42\u5355\u4f4d\u4eba\u5458\u9a7b\u7a97\u53e3\u3002"}, {"code": "no-two-doors", "kind": "must_not", "rows": [19], "text": "\u540c\u4e00\u4e8b\u9879\u4e0d\u5f97\u4e2d\u5fc3\u5185\u5916\u4e24\u5934\u53d7\u7406\u3002"}, {"code": "no-fees-outside", "kind": "must_not", "rows": [20], "text": "\u4e0d\u5f97\u5728\u653f\u52a1\u670d\u52a1\u4e2d\u5fc3\u4e4b\u5916\u6536\u8d39\u3002"}, {"code": "no-hidden-items", "kind": "must_not", "rows": [27], "text": "\u53d6\u6d88\u7684\u5ba1\u6279\u6536\u8d39\u9879\u76ee\u4e0d\u5f97\u660e\u53d6\u6d88\u6697\u4fdd\u7559\u3002"}]}, {"code": "five-types", "title": "\u4e94\u578b\u673a\u5173", "rows": [36], "about": "\u4e89\u521b\u8363\u8a89\u7684\u8bc4\u6bd4\u6761\u4ef6\u3002", "veto": false, "rules": [{"code": "learning", "kind": "must", "text": "\u5b66\u4e60\u578b"}, {"code": "innovative", "kind": "must", "text": "\u521b\u65b0\u578b"}, {"code": "serving", "kind": "must", "text": "\u670d\u52a1\u578b"}, {"code": "honest", "kind": "must", "text": "\u8bda\u4fe1\u578b"}, {"code": "clean", "kind": "must", "text": "\u5ec9\u6d01\u578b"}]}, {"code": "four-goods", "title": "\u56db\u597d\u5e72\u90e8", "rows": [36], "about": "\u4e89\u521b\u8363\u8a89\u7684\u8bc4\u6bd4\u6761\u4ef6\uff1b\u53ea\u8bc4\u5148\u8fdb\uff0c\u4e0d\u7ed9\u4eba\u6253\u5206\u6392\u961f\u3002", "veto": false, "rules": [{"code": "study", "kind": "must", "text": "\u5b66\u4e60\u597d"}, {"code": "service", "kind": "must", "text": "\u670d\u52a1\u597d"}, {"code": "results", "kind": "must", "text": "\u7ee9\u6548\u597d"}, {"code": "image", "kind": "must", "text": "\u5f62\u8c61\u597d"}]}], "visits": {"kinds": [{"mode": "open", "kind": "routine", "rows": [33], "title": "\u5e38\u89c4\u660e\u67e5"}, {"mode": "open", "kind": "surprise", "rows": [33], "title": "\u7a81\u51fb\u660e\u67e5"}, {"mode": "covert", "kind": "routine", "rows": [33], "title": "\u5e38\u89c4\u6697\u8bbf"}, {"mode": "covert", "kind": "surprise", "rows": [33], "title": "\u7a81\u51fb\u6697\u8bbf"}], "checklists": [{"code": "window", "title": "\u9996\u95ee\u3001\u9650\u65f6\u3001\u8ffd\u8d23\u548c\u7a97\u53e3", "themes": ["three-systems", "service-centre", "four-ways"], "rows": [15]}, {"code": "office", "title": "\u529e\u516c\u5ba4\u536b\u751f\u548c\u7535\u8bdd\u7528\u8bed", "themes": ["office-order"], "rows": [36]}]}, "cases": {"classes": [{"class": "at_once", "title": "\u5bf9\u5177\u5907\u6574\u6539\u6761\u4ef6\u7684\u95ee\u9898\uff0c\u8981\u9a6c\u4e0a\u6574\u6539", "rows": [32]}, {"class": "by_date", "title": "\u901a\u8fc7\u52aa\u529b\u80fd\u591f\u89e3\u51b3\u7684\u95ee\u9898\uff0c\u8981\u9650\u671f\u6574\u6539", "rows": [32]}, {"class": "step_by_step", "title": "\u4e00\u65f6\u96be\u4ee5\u89e3\u51b3\u7684\u95ee\u9898\uff0c\u8981\u5411\u7fa4\u4f17\u8bf4\u660e\u60c5\u51b5\uff0c\u9010\u6b65\u89e3\u51b3", "rows": [32]}], "sources": [{"source": "visit", "rows": [33]}, {"source": "complaint", "rows": [30], "about": "\u7fa4\u4f17\u6295\u8bc9\u5f52\u7eb3\u6574\u7406\uff0c\u53cd\u9988\u5404\u6709\u5173\u5355\u4f4d\uff0c\u5e76\u7763\u4fc3\u6574\u6539\uff1b\u53d1\u73b0\u4e00\u8d77\uff0c\u5904\u7406\u4e00\u8d77\u3002"}, {"source": "superior", "rows": [34], "about": "\u4e0a\u7ea7\u7763\u67e5\u7ec4\u6307\u51fa\uff1a\u6709\u4e9b\u7a97\u53e3\u90e8\u95e8\u6ca1\u6709\u8bbe\u7acb\u9996\u95ee\u5c97\u3002\u8fd9\u4e2a\u95ee\u9898\u8981\u7ea0\u6b63\u3002"}, {"source": "self_reported"}, {"source": "clue"}], "terms": [{"of": "at_once", "working_days": 3}, {"of": "by_date", "working_days": 10}, {"of": "step_by_step", "working_days": 60}], "topics": [{"code": "no-first-desk", "title": "\u672a\u8bbe\u9996\u95ee\u5c97\u3001\u5bfc\u529e\u5c97", "rows": [34]}, {"code": "two-doors", "title": "\u4e24\u5934\u53d7\u7406", "rows": [19]}, {"code": "queue-no-cure", "title": "\u53ea\u6302\u53f7\u4e0d\u770b\u75c5", "rows": [19]}, {"code": "fee-outside", "title": "\u5728\u4e2d\u5fc3\u4e4b\u5916\u6536\u8d39", "rows": [20]}, {"code": "kept-in-secret", "title": "\u660e\u53d6\u6d88\u6697\u4fdd\u7559", "rows": [27]}, {"code": "vacant-post", "title": "\u7a7a\u7a97\u7a7a\u5c97", "rows": [17]}, {"code": "discipline", "title": "\u4e0a\u4e0b\u73ed\u7eaa\u5f8b", "rows": [35]}, {"code": "meetings", "title": "\u4f1a\u98ce", "rows": [35]}, {"code": "inaction", "title": "\u884c\u653f\u4e0d\u4f5c\u4e3a\u3001\u4e71\u4f5c\u4e3a", "rows": [30]}, {"code": "security", "title": "\u56ed\u533a\u5468\u8fb9\u6cbb\u5b89", "rows": [82]}, {"code": "road-fees", "title": "\u4e71\u6536\u5360\u9053\u8d39", "rows": [82]}, {"code": "refused", "title": "\u62d2\u4e0d\u6574\u6539", "rows": [22]}], "recurrence": {"days": 120, "rows": [35], "about": "\u5bf9\u5df2\u7ecf\u53d6\u5f97\u7684\u6574\u6539\u6210\u679c\u8981\u505a\u597d\u5de9\u56fa\u5de5\u4f5c\uff0c\u9632\u6b62\u95ee\u9898\u7684\u53cd\u5f39\u3002"}, "requests": {"extension": {"most_times": 1, "most_working_days": 5, "decide_working_days": 1}, "bounce": {"decide_working_days": 1}}, "closing": {"revisit": {"of": ["step_by_step"], "working_days": 20}}}, "complaints": {"rows": [30], "note": "\u7fa4\u4f17\u6295\u8bc9\u5f52\u7eb3\u6574\u7406\uff0c\u53cd\u9988\u5404\u6709\u5173\u5355\u4f4d\uff0c\u5e76\u7763\u4fc3\u6574\u6539\uff1b\u53d1\u73b0\u4e00\u8d77\uff0c\u5904\u7406\u4e00\u8d77\u3002", "clusters": [{"code": "strong", "title": "\u7fa4\u4f17\u96c6\u4e2d\u53cd\u6620\u540c\u4e00\u7c7b\u95ee\u9898", "of": "received", "by": "topic", "at_least": 5, "days": 30, "rows": [82], "about": "\u7fa4\u4f17\u53cd\u6620\u5f3a\u70c8\u7684\u95ee\u9898\uff0c\u4e13\u9879\u6574\u6cbb\u7acb\u9879\u3002"}, {"code": "one-unit", "title": "\u540c\u4e00\u5355\u4f4d\u6295\u8bc9\u591a\u6b21\u67e5\u5b9e", "of": "verified", "by": "unit", "at_least": 3, "days": 60, "rows": [30, 82]}]}, "ladders": {"sequences": [{"code": "accountability", "title": "\u8d23\u4efb\u8ffd\u7a76", "rows": [81], "categories": ["vertical", "party_mass", "government_functional"], "steps": [{"code": "point-out", "kind": "internal_notice", "title": "\u53ca\u65f6\u6307\u51fa\u3001\u53ca\u65f6\u7ea0\u6b63"}, {"code": "rectify", "kind": "rectification", "title": "\u9650\u671f\u6574\u6539", "working_days": 10}, {"code": "circulate", "kind": "criticism", "title": "\u901a\u62a5"}, {"code": "expose", "kind": "exposure", "title": "\u53cd\u9762\u5178\u578b\u66dd\u5149"}, {"code": "hold", "kind": "accountability", "title": "\u8ffd\u7a76\u8d23\u4efb"}]}, {"code": "refusal", "title": "\u62d2\u4e0d\u6574\u6539", "rows": [22], "categories": ["vertical", "party_mass", "government_functional"], "steps": [{"code": "circulate", "kind": "criticism", "title": "\u901a\u62a5", "when": [{"fact": "cases.overdue", "title": "\u903e\u671f\u672a\u6574\u6539"}, {"fact": "cases.reminded", "title": "\u5df2\u7ecf\u50ac\u529e"}]}, {"code": "handle", "kind": "accountability", "title": "\u5904\u7406"}]}], "accountability": [{"code": "not-performed", "title": "\u4e0d\u5c65\u884c\u597d\u804c\u8d23", "ladder": "accountability", "step": "circulate", "rows": [81]}, {"code": "empty-post", "title": "\u7a7a\u7a97\u7a7a\u5c97", "ladder": "accountability", "step": "rectify", "rows": [81]}], "referral": {"rows": [20, 27], "bodies": [{"code": "discipline", "title": "\u7eaa\u68c0\u76d1\u5bdf\u673a\u5173", "rows": [20, 27], "about": "\u5728\u4e2d\u5fc3\u4e4b\u5916\u6536\u8d39\u7684\uff0c\u4e00\u5f8b\u89c6\u4e3a\u8fdd\u89c4\uff0c\u7eaa\u68c0\u90e8\u95e8\u8981\u67e5\u5904\u3002"}]}}, "registers": [{"code": "key-posts", "title": "\u91cd\u70b9\u76d1\u7763\u5c97\u4f4d\u540d\u5f55\uff08\u7b2c\u4e00\u6279\uff09", "rows": [24], "note": "\u5355\u4f4d\u81ea\u62a5\uff0c\u529e\u516c\u5ba4\u62df\u5b9a\uff0c\u653f\u5e9c\u7814\u7a76\u786e\u5b9a\uff0c\u5411\u793e\u4f1a\u516c\u5e03\uff1b\u5404\u53bf\uff08\u5e02\uff09\u53c2\u7167\u3002", "filed_by": ["liaison", "lead"], "visibility": "unit", "columns": [{"code": "post", "title": "\u5c97\u4f4d", "type": "post", "required": true, "public": true}, {"code": "duties", "title": "\u884c\u653f\u5ba1\u6279\u804c\u8d23", "type": "text", "required": true, "public": true}, {"code": "site", "title": "\u6240\u5728\u573a\u6240", "type": "site"}, {"code": "weight", "title": "\u62bd\u67e5\u6743\u91cd", "type": "number", "at_least": 1, "at_most": 1000}], "unique": ["unit", "post"], "states": [{"code": "reported", "title": "\u5355\u4f4d\u81ea\u62a5", "due": {"working_days": 10}, "remind_working_days": 1}, {"code": "proposed", "title": "\u62df\u5b9a", "edit": ["lead"]}, {"code": "decided", "title": "\u653f\u5e9c\u5df2\u5b9a", "due": {"working_days": 5}, "remind_working_days": 1}, {"code": "published", "title": "\u5df2\u516c\u5e03", "public": true, "outcome": "done"}, {"code": "dropped", "title": "\u672a\u5217\u5165", "outcome": "void"}], "transitions": [{"from": ["reported"], "to": "proposed", "title": "\u5217\u5165\u62df\u5b9a\u540d\u5f55", "by": ["lead"], "needs": [{"column": "weight"}]}, {"from": ["reported", "proposed"], "to": "dropped", "title": "\u4e0d\u5217\u5165", "by": ["lead"], "reason": true}, {"from": ["proposed"], "to": "decided", "title": "\u653f\u5e9c\u7814\u7a76\u786e\u5b9a", "by": ["approver"], "second_person": true}, {"from": ["decided"], "to": "published", "title": "\u5411\u793e\u4f1a\u516c\u5e03", "by": ["lead"]}], "draw_weight": "weight", "quotas": [{"title": "\u7b2c\u4e00\u6279\u91cd\u70b9\u76d1\u7763\u5c97\u4f4d", "count": "rows", "exactly": 86}]}, {"code": "authorisations", "title": "\u9996\u95ee\u8d23\u4efb\u4eba\u6388\u6743\u4e66", "rows": [16], "note": "\u6d3e\u9a7b\u7a97\u53e3\u7684\u4eba\u5c31\u662f\u5355\u4f4d\u7684\u9996\u95ee\u8d23\u4efb\u4eba\uff0c\u56db\u9879\u6743\u8981\u7ed9\u8db3\u3002", "filed_by": ["liaison"], "visibility": "unit", "columns": [{"code": "post", "title": "\u9996\u95ee\u8d23\u4efb\u5c97\u4f4d", "type": "post", "required": true, "public": true}, {"code": "accept", "title": "\u53d7\u7406\u6743\uff08\u542b\u4e00\u6b21\u6027\u544a\u77e5\u4e49\u52a1\uff09", "type": "yes_no", "required": true, "public": true}, {"code": "at-once", "title": "\u5373\u529e\u6743", "type": "yes_no", "required": true, "public": true}, {"code": "coordinate", "title": "\u534f\u8c03\u6743", "type": "yes_no", "required": true, "public": true}, {"code": "urge", "title": "\u7763\u529e\u6743", "type": "yes_no", "required": true, "public": true}], "unique": ["unit", "post"], "states": [{"code": "filed", "title": "\u5df2\u62a5", "due": {"working_days": 5}, "remind_working_days": 1}, {"code": "effective", "title": "\u5df2\u751f\u6548", "public": true, "outcome": "done"}, {"code": "revoked", "title": "\u5df2\u64a4\u9500", "outcome": "void"}], "transitions": [{"from": ["filed"], "to": "effective", "title": "\u6838\u51c6", "by": ["lead"], "needs": [{"column": "accept"}, {"column": "at-once"}, {"column": "coordinate"}, {"column": "urge"}]}, {"from": ["filed", "effective"], "to": "revoked", "title": "\u64a4\u9500", "by": ["lead"], "reason": true}], "completion": {"at_least_percent": 100}}, {"code": "rosters", "title": "\u9996\u95ee\u8d23\u4efb\u5c97AB\u5c97\u8868", "rows": [17], "note": "\u503c\u73ed\u4eba\u5458\u4e0d\u5728\u65f6\u6709\u4eba\u9876\u73ed\uff0c\u4e0d\u5f97\u7a7a\u7a97\u7a7a\u5c97\uff1b\u53ea\u8bb0\u5c97\u4f4d\uff0c\u4e0d\u8bb0\u8003\u52e4\u3002", "filed_by": ["liaison"], "visibility": "unit", "columns": [{"code": "window", "title": "\u7a97\u53e3\u6216\u5c97\u4f4d", "type": "text", "required": true}, {"code": "a-post", "title": "A\u5c97", "type": "post", "required": true}, {"code": "b-post", "title": "B\u5c97", "type": "post"}], "unique": ["unit", "window"], "distinct": ["a-post", "b-post"], "states": [{"code": "filed", "title": "\u5df2\u62a5", "edit": ["liaison"], "due": {"working_days": 5}, "remind_working_days": 1}, {"code": "complete", "title": "AB\u5c97\u9f50\u5907", "edit": ["liaison"], "outcome": "done"}, {"code": "vacant", "title": "\u67e5\u5b9e\u7a7a\u5c97", "edit": ["liaison"], "due": {"working_days": 3}, "remind_working_days": 1}, {"code": "abolished", "title": "\u7a97\u53e3\u64a4\u9500", "outcome": "void"}], "transitions": [{"from": ["filed", "vacant"], "to": "complete", "title": "\u6838\u51c6", "by": ["lead"], "needs": [{"column": "b-post"}]}, {"from": ["filed", "complete"], "to": "vacant", "title": "\u8bb0\u4e3a\u7a7a\u5c97", "by": ["lead", "reviewer"], "reason": true}, {"from": ["filed", "complete", "vacant"], "to": "abolished", "title": "\u64a4\u9500\u7a97\u53e3", "by": ["lead"], "reason": true}], "completion": {"at_least_percent": 100}}, {"code": "window-staff", "title": "\u6d3e\u9a7b\u7a97\u53e3\u4eba\u5458\u5ba1\u6838", "rows": [18], "note": "\u653f\u6cbb\u8fc7\u786c\u3001\u5f85\u4eba\u70ed\u60c5\u3001\u7cbe\u901a\u4e1a\u52a1\u3001\u4e25\u5b88\u6cd5\u7eaa\u3001\u5584\u4e8e\u534f\u8c03\uff1b\u4e0d\u5408\u683c\u7684\u9000\u56de\uff0c\u8d23\u6210\u5355\u4f4d\u53e6\u5916\u9009\u6d3e\uff1b\u4e0d\u5f97\u6d3e\u4e34\u65f6\u5de5\u548c\u4e8c\u5c42\u5355\u4f4d\u4eba\u5458\u3002", "filed_by": ["liaison"], "visibility": "unit", "columns": [{"code": "person", "title": "\u4eba\u9009", "type": "person", "required": true}, {"code": "post", "title": "\u6d3e\u9a7b\u5c97\u4f4d", "type": "post", "required": true}, {"code": "employment", "title": "\u4eba\u5458\u8eab\u4efd", "type": "choice", "choices": ["\u672c\u5355\u4f4d\u5728\u7f16\u4eba\u5458", "\u4e34\u65f6\u5de5", "\u4e8c\u5c42\u5355\u4f4d\u4eba\u5458"], "refused": ["\u4e34\u65f6\u5de5", "\u4e8c\u5c42\u5355\u4f4d\u4eba\u5458"], "required": true}, {"code": "core", "title": "\u4e1a\u52a1\u9aa8\u5e72", "type": "yes_no", "required": true}, {"code": "opinion", "title": "\u5ba1\u6838\u610f\u89c1", "type": "text"}], "unique": ["unit", "person", "post"], "states": [{"code": "nominated", "title": "\u5f85\u5ba1\u6838", "due": {"working_days": 5}, "remind_working_days": 1}, {"code": "admitted", "title": "\u51c6\u4e88\u6d3e\u9a7b", "outcome": "done"}, {"code": "returned", "title": "\u9000\u56de\u53e6\u6d3e", "due": {"working_days": 5}, "remind_working_days": 1}, {"code": "replaced", "title": "\u5df2\u53e6\u6d3e", "outcome": "void"}], "transitions": [{"from": ["nominated"], "to": "admitted", "title": "\u51c6\u4e88\u6d3e\u9a7b", "by": ["lead", "reviewer"], "second_person": true, "needs": [{"column": "core"}]}, {"from": ["nominated", "admitted"], "to": "returned", "title": "\u9000\u56de\u53e6\u6d3e", "by": ["lead", "reviewer"], "reason": true}, {"from": ["returned"], "to": "replaced", "title": "\u53e6\u6d3e\u4eba\u9009\u5df2\u62a5", "by": ["liaison"]}]}, {"code": "items", "title": "\u884c\u653f\u5ba1\u6279\u4e8b\u9879\u540d\u5f55\uff08\u5e94\u8fdb\u5fc5\u8fdb\uff09", "rows": [19], "note": "\u51e1\u5ba1\u6279\u4e8b\u9879\u5fc5\u8fdb\u4e2d\u5fc3\uff0c\u4e0d\u8fdb\u7684\u662f\u4f8b\u5916\uff1b\u4e0d\u5f97\u4e2d\u5fc3\u5185\u5916\u4e24\u5934\u53d7\u7406\u3002", "filed_by": ["liaison", "lead"], "visibility": "unit", "columns": [{"code": "item", "title": "\u5ba1\u6279\u4e8b\u9879", "type": "text", "required": true, "public": true}, {"code": "kind", "title": "\u7c7b\u522b", "type": "choice", "choices": ["\u884c\u653f\u8bb8\u53ef", "\u975e\u884c\u653f\u8bb8\u53ef"], "required": true, "public": true}, {"code": "inside", "title": "\u8fdb\u4e2d\u5fc3\u53d7\u7406", "type": "yes_no", "required": true, "public": true}, {"code": "outside", "title": "\u4e2d\u5fc3\u5916\u4e5f\u53d7\u7406", "type": "yes_no", "required": true}, {"code": "full-authority", "title": "\u7a97\u53e3\u5145\u5206\u6388\u6743", "type": "yes_no", "required": true}], "unique": ["unit", "item"], "states": [{"code": "listed", "title": "\u5f85\u6838\u5b9e", "edit": ["liaison", "lead"], "due": {"working_days": 10}, "remind_working_days": 2}, {"code": "inside", "title": "\u5df2\u8fdb\u4e2d\u5fc3", "public": true, "outcome": "done"}, {"code": "excepted", "title": "\u7ecf\u6279\u51c6\u4e0d\u8fdb", "public": true, "outcome": "done"}, {"code": "ordered", "title": "\u8d23\u4ee4\u8fdb\u4e2d\u5fc3", "edit": ["liaison", "lead"], "due": {"working_days": 5}, "remind_working_days": 1}], "transitions": [{"from": ["listed", "ordered"], "to": "inside", "title": "\u6838\u5b9e\u8fdb\u4e2d\u5fc3", "by": ["lead"], "needs": [{"column": "inside"}, {"column": "outside", "among": ["\u5426"]}, {"column": "full-authority"}]}, {"from": ["listed"], "to": "ordered", "title": "\u8d23\u4ee4\u8fdb\u4e2d\u5fc3", "by": ["lead"], "reason": true}, {"from": ["listed", "ordered"], "to": "excepted", "title": "\u653f\u5e9c\u6279\u51c6\u4f8b\u5916", "by": ["approver"], "reason": true, "second_person": true, "needs": [{"column": "inside", "among": ["\u5426"]}]}], "completion": {"at_least_percent": 100}}, {"code": "fee-violations", "title": "\u4e2d\u5fc3\u5916\u6536\u8d39\u95ee\u9898", "rows": [20], "note": "\u51e1\u5728\u653f\u52a1\u670d\u52a1\u4e2d\u5fc3\u5ba1\u6279\u7684\u9879\u76ee\u90fd\u5728\u4e2d\u5fc3\u4e00\u4e2a\u7a97\u53e3\u6536\u8d39\u3001\u7edf\u4e00\u53d1\u7968\uff1b\u4e2d\u5fc3\u4e4b\u5916\u6536\u8d39\u4e00\u5f8b\u89c6\u4e3a\u8fdd\u89c4\uff0c\u79fb\u9001\u7eaa\u68c0\u90e8\u95e8\u67e5\u5904\u3002", "filed_by": ["lead", "reviewer"], "visibility": "office", "columns": [{"code": "item", "title": "\u6536\u8d39\u9879\u76ee", "type": "text", "required": true}, {"code": "found-on", "title": "\u53d1\u73b0\u65e5\u671f", "type": "date", "required": true}, {"code": "amount", "title": "\u91d1\u989d", "type": "number", "at_least": 0, "unit": "\u5143"}, {"code": "invoice", "title": "\u7edf\u4e00\u53d1\u7968", "type": "yes_no", "required": true}, {"code": "receiver", "title": "\u63a5\u6536\u673a\u5173", "type": "text"}], "states": [{"code": "found", "title": "\u5df2\u53d1\u73b0", "due": {"working_days": 3}, "remind_working_days": 1}, {"code": "referred", "title": "\u5df2\u79fb\u9001\u7eaa\u68c0", "outcome": "done"}, {"code": "unfounded", "title": "\u4e0d\u6210\u7acb", "outcome": "void"}], "transitions": [{"from": ["found"], "to": "referred", "title": "\u79fb\u9001\u7eaa\u68c0\u90e8\u95e8", "by": ["approver"], "reason": true, "second_person": true, "needs": [{"column": "receiver"}]}, {"from": ["found"], "to": "unfounded", "title": "\u7ecf\u6838\u4e0d\u6210\u7acb", "by": ["lead"], "reason": true, "second_person": true}], "completion": {"at_least_percent": 100}}, {"code": "milestones", "title": "\u653f\u52a1\u670d\u52a1\u4e2d\u5fc3\u7ec4\u5efa\u548c\u7535\u5b50\u76d1\u5bdf\u8054\u7f51", "rows": [21, 25], "note": "\u4e09\u53bf\u4e00\u5e02\u7684\u653f\u52a1\u670d\u52a1\u4e2d\u5fc3\u52a1\u5fc5\u4e8e6\u6708\u5e95\u524d\u7ec4\u5efa\u5b8c\u6bd5\u3001\u6302\u724c\u4e0a\u73ed\uff0c\u540d\u79f0\u7edf\u4e00\uff1b\u7535\u5b50\u76d1\u5bdf\u7cfb\u7edf6\u6708\u4efd\u5b8c\u6210\u5b89\u88c5\u5e76\u8054\u7f51\u3002", "filed_by": ["lead"], "visibility": "unit", "columns": [{"code": "what", "title": "\u4efb\u52a1", "type": "choice", "choices": ["\u653f\u52a1\u670d\u52a1\u4e2d\u5fc3\u6302\u724c", "\u7535\u5b50\u76d1\u5bdf\u7cfb\u7edf\u8054\u7f51"], "required": true, "public": true}, {"code": "name", "title": "\u673a\u6784\u540d\u79f0", "type": "text", "public": true}, {"code": "done-on", "title": "\u5b8c\u6210\u65e5\u671f", "type": "date", "public": true}], "unique": ["unit", "what"], "states": [{"code": "building", "title": "\u7b79\u5efa", "edit": ["liaison", "lead"], "due": {"day": "--06-30"}, "remind_working_days": 5}, {"code": "reported", "title": "\u5df2\u62a5\u5b8c\u6210", "edit": ["lead"], "due": {"working_days": 5}}, {"code": "verified", "title": "\u5df2\u6838\u5b9e", "public": true, "outcome": "done"}], "transitions": [{"from": ["building"], "to": "reported", "title": "\u62a5\u544a\u5b8c\u6210", "by": ["liaison"], "needs": [{"column": "done-on"}, {"column": "name", "among": ["\u653f\u52a1\u670d\u52a1\u4e2d\u5fc3"], "when": {"column": "what", "among": ["\u653f\u52a1\u670d\u52a1\u4e2d\u5fc3\u6302\u724c"]}}]}, {"from": ["reported"], "to": "verified", "title": "\u6838\u5b9e", "by": ["lead"]}, {"from": ["reported"], "to": "building", "title": "\u9000\u56de", "by": ["lead"], "reason": true}], "completion": {"at_least_percent": 100, "by": "--06-30"}, "quotas": [{"title": "\u4e09\u53bf\u4e00\u5e02\u6302\u724c", "count": "rows", "where": {"column": "what", "among": ["\u653f\u52a1\u670d\u52a1\u4e2d\u5fc3\u6302\u724c"]}, "exactly": 4}]}, {"code": "four-services", "title": "\u56db\u529e\u5de5\u4f5c\u5236\u63a8\u884c\u60c5\u51b5", "rows": [22], "note": "\u4ee3\u529e\u3001\u9886\u529e\u3001\u8ddf\u529e\u7763\u529e\u3001\u884c\u653f\u9996\u957f\u73b0\u573a\u529e\u516c\uff1b\u5bf9\u5b58\u5728\u95ee\u9898\u53c8\u62d2\u4e0d\u6574\u6539\u7684\u8981\u4e88\u4ee5\u901a\u62a5\u548c\u5904\u7406\u3002", "filed_by": ["liaison", "lead"], "visibility": "unit", "columns": [{"code": "on-behalf", "title": "\u4ee3\u529e", "type": "yes_no", "required": true}, {"code": "guided", "title": "\u9886\u529e\uff08\u9996\u95ee\u5c97\u6216\u5bfc\u529e\u5c97\uff09", "type": "yes_no", "required": true}, {"code": "followed", "title": "\u8ddf\u529e\u7763\u529e", "type": "yes_no", "required": true}, {"code": "leader-on-site", "title": "\u884c\u653f\u9996\u957f\u73b0\u573a\u529e\u516c", "type": "yes_no", "required": true}, {"code": "remark", "title": "\u660e\u5bdf\u6697\u8bbf\u60c5\u51b5", "type": "text"}], "unique": ["unit"], "states": [{"code": "reported", "title": "\u5355\u4f4d\u81ea\u62a5", "edit": ["liaison", "lead"], "due": {"working_days": 10}, "remind_working_days": 2}, {"code": "in-force", "title": "\u5df2\u63a8\u884c", "outcome": "done"}, {"code": "ordered", "title": "\u8d23\u4ee4\u6574\u6539", "edit": ["liaison"], "due": {"working_days": 10}, "remind_working_days": 2}, {"code": "refused", "title": "\u62d2\u4e0d\u6574\u6539", "due": {"working_days": 3}}, {"code": "announced", "title": "\u5df2\u901a\u62a5\u5904\u7406", "outcome": "done"}], "transitions": [{"from": ["reported", "ordered"], "to": "in-force", "title": "\u6838\u5b9e\u63a8\u884c", "by": ["lead"], "needs": [{"column": "on-behalf"}, {"column": "guided"}, {"column": "followed"}, {"column": "leader-on-site"}]}, {"from": ["reported"], "to": "ordered", "title": "\u8d23\u4ee4\u6574\u6539", "by": ["lead"], "reason": true}, {"from": ["ordered"], "to": "refused", "title": "\u8ba4\u5b9a\u62d2\u4e0d\u6574\u6539", "by": ["lead"], "reason": true}, {"from": ["refused"], "to": "announced", "title": "\u901a\u62a5\u5904\u7406", "by": ["approver"], "reason": true, "second_person": true}], "completion": {"at_least_percent": 100}}, {"code": "guide-posts", "title": "\u5bfc\u529e\u5c97\u8bbe\u7f6e", "rows": [23], "note": "\u5927\u7684\u673a\u5173\u5355\u4f4d\u8981\u8bbe\u7acb\u5bfc\u529e\u5c97\uff0c\u5c0f\u7684\u5355\u4f4d\u53ef\u5b9e\u884c\u4eba\u4eba\u5bfc\u529e\u5236\u3002", "filed_by": ["liaison"], "visibility": "unit", "columns": [{"code": "size", "title": "\u5355\u4f4d\u89c4\u6a21", "type": "choice", "choices": ["\u5927\u5355\u4f4d", "\u5c0f\u5355\u4f4d"], "required": true, "public": true}, {"code": "arrangement", "title": "\u5bfc\u529e\u65b9\u5f0f", "type": "choice", "choices": ["\u5bfc\u529e\u5c97", "\u4eba\u4eba\u5bfc\u529e\u5236"], "required": true, "public": true}, {"code": "where", "title": "\u8bbe\u5728\u4f55\u5904", "type": "text", "public": true}], "unique": ["unit"], "states": [{"code": "reported", "title": "\u5355\u4f4d\u81ea\u62a5", "edit": ["liaison"], "due": {"working_days": 5}, "remind_working_days": 1}, {"code": "confirmed", "title": "\u5df2\u6838\u51c6", "public": true, "outcome": "done"}], "transitions": [{"from": ["reported"], "to": "confirmed", "title": "\u6838\u51c6", "by": ["lead"], "needs": [{"column": "arrangement", "among": ["\u5bfc\u529e\u5c97"], "when": {"column": "size", "among": ["\u5927\u5355\u4f4d"]}}]}], "completion": {"at_least_percent": 100}}, {"code": "clean-up", "title": "\u5ba1\u6279\u548c\u6536\u8d39\u9879\u76ee\u6e05\u7406", "rows": [27], "note": "\u81ea\u7acb\u540d\u76ee\u7684\u4e00\u5f8b\u53d6\u6d88\u5e76\u5411\u793e\u4f1a\u516c\u5e03\uff0c7\u6708\u5e95\u524d\u5b8c\u6210\uff1b\u62d2\u4e0d\u53d6\u6d88\u3001\u660e\u53d6\u6d88\u6697\u4fdd\u7559\u7684\u575a\u51b3\u67e5\u5904\u3002", "filed_by": ["liaison", "lead"], "visibility": "unit", "columns": [{"code": "project", "title": "\u9879\u76ee", "type": "text", "required": true, "public": true}, {"code": "kind", "title": "\u7c7b\u522b", "type": "choice", "choices": ["\u884c\u653f\u8bb8\u53ef\u5ba1\u6279", "\u975e\u884c\u653f\u8bb8\u53ef\u5ba1\u6279", "\u6536\u8d39"], "required": true, "public": true}, {"code": "basis", "title": "\u8bbe\u5b9a\u4f9d\u636e", "type": "text", "public": true}, {"code": "own-invention", "title": "\u4e0a\u7ea7\u89c4\u5b9a\u8303\u56f4\u4e4b\u5916\u81ea\u7acb\u540d\u76ee", "type": "yes_no", "required": true}], "unique": ["unit", "project"], "states": [{"code": "listed", "title": "\u5f85\u6e05\u7406", "edit": ["liaison", "lead"], "due": {"day": "--07-31"}, "remind_working_days": 5}, {"code": "kept", "title": "\u4fdd\u7559", "public": true, "outcome": "done"}, {"code": "cancelled", "title": "\u53d6\u6d88", "public": true, "outcome": "done"}, {"code": "hidden", "title": "\u660e\u53d6\u6d88\u6697\u4fdd\u7559", "due": {"working_days": 5}}, {"code": "punished", "title": "\u5df2\u67e5\u5904", "public": true, "outcome": "done"}], "transitions": [{"from": ["listed"], "to": "kept", "title": "\u4fdd\u7559", "by": ["lead"], "second_person": true, "needs": [{"column": "basis"}, {"column": "own-invention", "among": ["\u5426"]}]}, {"from": ["listed"], "to": "cancelled", "title": "\u53d6\u6d88", "by": ["lead"], "reason": true}, {"from": ["cancelled"], "to": "hidden", "title": "\u67e5\u5b9e\u660e\u53d6\u6d88\u6697\u4fdd\u7559", "by": ["lead", "reviewer"], "reason": true}, {"from": ["hidden"], "to": "punished", "title": "\u67e5\u5904", "by": ["approver"], "reason": true, "second_person": true}], "completion": {"at_least_percent": 100, "by": "--07-31"}}, {"code": "associations", "title": "\u884c\u4e1a\u534f\u4f1a\u3001\u4e2d\u4ecb\u7ec4\u7ec7\u8131\u94a9", "rows": [28], "note": "\u6c11\u653f\u90e8\u95e8\u68b3\u7406\u6302\u9760\u5173\u7cfb\uff0c\u4e3b\u7ba1\u90e8\u95e8\u4e3b\u52a8\u7533\u62a5\uff0c\u7b2c\u4e09\u9636\u6bb5\u5b8c\u6210\u5f7b\u5e95\u8131\u94a9\u3002", "filed_by": ["liaison", "lead"], "visibility": "unit", "columns": [{"code": "association", "title": "\u534f\u4f1a\u6216\u4e2d\u4ecb\u7ec4\u7ec7", "type": "text", "required": true, "public": true}, {"code": "authority", "title": "\u4e3b\u7ba1\u90e8\u95e8", "type": "unit", "required": true, "public": true}, {"code": "reported-by", "title": "\u6765\u6e90", "type": "choice", "choices": ["\u6c11\u653f\u90e8\u95e8\u68b3\u7406", "\u4e3b\u7ba1\u90e8\u95e8\u7533\u62a5"], "required": true}, {"code": "fees", "title": "\u6536\u8d39\u60c5\u51b5", "type": "text"}, {"code": "staff-apart", "title": "\u4eba\u5458\u5206\u5f00", "type": "yes_no"}, {"code": "money-apart", "title": "\u8d22\u52a1\u5206\u5f00", "type": "yes_no"}, {"code": "office-apart", "title": "\u529e\u516c\u573a\u6240\u5206\u5f00", "type": "yes_no"}], "unique": ["association"], "states": [{"code": "listed", "title": "\u5f85\u8131\u94a9", "edit": ["liaison", "lead"], "due": {"working_days": 60}, "remind_working_days": 10}, {"code": "apart", "title": "\u5df2\u8131\u94a9", "public": true, "outcome": "done"}], "transitions": [{"from": ["listed"], "to": "apart", "title": "\u6838\u5b9e\u8131\u94a9", "by": ["lead"], "needs": [{"column": "staff-apart"}, {"column": "money-apart"}, {"column": "office-apart"}]}], "completion": {"at_least_percent": 100}}, {"code": "commitments", "title": "\u5355\u4f4d\u516c\u5f00\u627f\u8bfa", "rows": [29], "note": "6\u6708\u4e2d\u65ec\u62a5\u5206\u7ba1\u9886\u5bfc\u5ba1\u6838\uff0c6\u6708\u5e95\u62a5\u529e\u516c\u5ba4\uff0c\u5206\u671f\u5206\u6279\u767b\u62a5\uff1b\u5230\u671f\u6838\u9a8c\u5151\u73b0\u3002", "filed_by": ["liaison"], "visibility": "unit", "columns": [{"code": "promise", "title": "\u627f\u8bfa\u4e8b\u9879", "type": "text", "required": true, "public": true}, {"code": "keep-by", "title": "\u5151\u73b0\u65e5\u671f", "type": "date", "required": true, "public": true}, {"code": "batch", "title": "\u516c\u5e03\u6279\u6b21", "type": "number", "at_least": 1}, {"code": "outlet", "title": "\u516c\u5e03\u5a92\u4f53", "type": "text"}, {"code": "proof", "title": "\u5151\u73b0\u60c5\u51b5", "type": "text", "public": true}], "unique": ["unit", "promise"], "states": [{"code": "drafted", "title": "\u62df\u5b9a", "due": {"day": "--06-15"}, "remind_working_days": 3}, {"code": "agreed", "title": "\u5206\u7ba1\u9886\u5bfc\u5df2\u5ba1", "due": {"day": "--06-30"}, "remind_working_days": 3}, {"code": "filed", "title": "\u5df2\u62a5\u529e\u516c\u5ba4", "edit": ["lead"], "due": {"working_days": 10}}, {"code": "published", "title": "\u5df2\u516c\u5e03", "public": true, "edit": ["liaison"], "due": {"column": "keep-by"}, "remind_working_days": 5}, {"code": "kept", "title": "\u5df2\u5151\u73b0", "public": true, "outcome": "done"}, {"code": "broken", "title": "\u672a\u5151\u73b0", "public": true, "outcome": "done"}], "transitions": [{"from": ["drafted"], "to": "agreed", "title": "\u5ba1\u6838\u540c\u610f", "by": ["approver"], "second_person": true}, {"from": ["agreed", "filed"], "to": "drafted", "title": "\u9000\u56de", "by": ["lead", "approver"], "reason": true}, {"from": ["agreed"], "to": "filed", "title": "\u62a5\u529e\u516c\u5ba4", "by": ["liaison"]}, {"from": ["filed"], "to": "published", "title": "\u767b\u62a5\u516c\u5e03", "by": ["lead"], "needs": [{"column": "batch"}, {"column": "outlet"}]}, {"from": ["published"], "to": "kept", "title": "\u6838\u9a8c\u5151\u73b0", "by": ["lead", "reviewer"], "second_person": true, "needs": [{"column": "proof"}]}, {"from": ["published"], "to": "broken", "title": "\u8ba4\u5b9a\u672a\u5151\u73b0", "by": ["lead"], "reason": true}]}, {"code": "personal-commitments", "title": "\u5e72\u90e8\u804c\u5de5\u4e2a\u4eba\u627f\u8bfa", "rows": [29], "note": "\u7531\u5355\u4f4d\u5206\u7ba1\u9886\u5bfc\u5ba1\u5b9a\uff0c\u5728\u5355\u4f4d\u5185\u90e8\u516c\u5e03\uff0c\u4e0d\u5411\u793e\u4f1a\u516c\u5f00\uff1b6\u6708\u5e95\u524d\u5b8c\u6210\u3002", "filed_by": ["liaison"], "visibility": "unit", "columns": [{"code": "person", "title": "\u627f\u8bfa\u4eba", "type": "person", "required": true}, {"code": "promise", "title": "\u627f\u8bfa\u4e8b\u9879", "type": "text", "required": true}], "unique": ["unit", "person"], "states": [{"code": "drafted", "title": "\u5f85\u5ba1\u5b9a", "due": {"day": "--06-30"}, "remind_working_days": 3}, {"code": "internal", "title": "\u5df2\u5728\u5355\u4f4d\u5185\u90e8\u516c\u5e03", "outcome": "done"}], "transitions": [{"from": ["drafted"], "to": "internal", "title": "\u5355\u4f4d\u5ba1\u5b9a\u516c\u5e03", "by": ["liaison"], "second_person": true}], "completion": {"at_least_percent": 100, "by": "--06-30"}}, {"code": "operations", "title": "\u4e13\u9879\u6574\u6cbb\u6218\u679c", "rows": [31], "note": "\u7fa4\u4f17\u53cd\u6620\u5f3a\u70c8\u7684\u7a81\u51fa\u95ee\u9898\u4e13\u9879\u6574\u6cbb\uff0c\u9010\u6b21\u8bb0\u65e5\u671f\u548c\u53ef\u6838\u5bf9\u7684\u6570\u76ee\u3002", "filed_by": ["liaison", "lead"], "visibility": "unit", "columns": [{"code": "operation", "title": "\u884c\u52a8", "type": "text", "required": true, "public": true}, {"code": "held-on", "title": "\u65e5\u671f", "type": "date", "required": true, "public": true}, {"code": "force", "title": "\u51fa\u52a8", "type": "number", "required": true, "at_least": 1, "unit": "\u4eba\u6b21", "public": true}, {"code": "premises", "title": "\u6e05\u67e5\u573a\u6240", "type": "number", "at_least": 0, "unit": "\u5bb6", "public": true}, {"code": "vehicles", "title": "\u67e5\u6263\u65e0\u724c\u65e0\u8bc1\u8f66\u8f86", "type": "number", "at_least": 0, "unit": "\u8f86", "public": true}, {"code": "weapons", "title": "\u6536\u7f34\u7ba1\u5236\u5200\u5177", "type": "number", "at_least": 0, "unit": "\u628a", "public": true}, {"code": "arrests", "title": "\u6293\u83b7\u72af\u7f6a\u5acc\u7591\u4eba", "type": "number", "at_least": 0, "unit": "\u4eba", "public": true}, {"code": "paper", "title": "\u4f9d\u636e\u7684\u53f0\u8d26\u7f16\u53f7", "type": "text", "required": true}], "unique": ["unit", "operation", "held-on"], "states": [{"code": "reported", "title": "\u5df2\u62a5", "edit": ["liaison", "lead"], "due": {"working_days": 5}}, {"code": "checked", "title": "\u5df2\u6838", "public": true, "outcome": "done"}], "transitions": [{"from": ["reported"], "to": "checked", "title": "\u5bf9\u8d26\u6838\u5b9e", "by": ["lead", "reviewer"], "second_person": true}, {"from": ["checked"], "to": "reported", "title": "\u6570\u76ee\u6709\u8bef\uff0c\u9000\u56de", "by": ["lead"], "reason": true}]}], "supervision": {"rows": [25, 26], "note": "\u4e00\u5f8b\u63d0\u901f50%\u5de6\u53f3\uff0c\u5373\u627f\u8bfa\u65f6\u9650\u4e0d\u8d85\u8fc7\u6cd5\u5b9a\u65f6\u9650\u7684\u4e00\u534a\uff1b\u84dd\u724c\u63d0\u793a\uff0c\u9ec4\u724c\u3001\u7ea2\u724c\u8bb0\u5230\u5355\u4f4d\u3002", "promised_share_percent": 50, "on_excess": "refuse", "joint": {"rows": [26], "note": "\u6d89\u53ca\u591a\u90e8\u95e8\u548c\u591a\u79d1\u5ba4\u5ba1\u6279\u7684\uff0c\u53d8\u4e32\u8054\u5ba1\u6279\u4e3a\u5e76\u8054\u5ba1\u6279\uff1b\u786e\u9700\u4e32\u8054\u7684\u63d0\u524d\u4ecb\u5165\uff1b\u660e\u786e\u7275\u5934\u90e8\u95e8\u548c\u7275\u5934\u5c97\u4f4d\u3002", "serial": "flag"}, "colours": {"blue": {"of": "promised", "working_days": -1, "points": 1}, "yellow": {"of": "promised", "working_days": 1, "points": 5}, "red": {"of": "legal", "working_days": 1, "points": 10}}}, "cycles": {"duties": [{"code": "rebound-checks", "title": "\u4e0a\u4e0b\u73ed\u7eaa\u5f8b\u3001\u4f1a\u98ce\u3001\u57ce\u4e61\u6e05\u6d01\u590d\u67e5", "rows": [35], "every": "month", "by": "office", "fulfilled_by": "report", "due_working_days": 5, "remind_working_days": 3, "note": "\u5bf9\u5df2\u53d6\u5f97\u7684\u6210\u679c\u7ee7\u7eed\u7763\u67e5\uff0c\u9632\u6b62\u53cd\u5f39\u3002"}, {"code": "leader-on-site", "title": "\u884c\u653f\u9996\u957f\u5230\u4e2d\u5fc3\u73b0\u573a\u529e\u516c", "rows": [22], "every": "month", "by": "unit", "parts": ["service-centre", "counties"], "fulfilled_by": "count", "count": {"title": "\u73b0\u573a\u529e\u516c", "unit": "\u6b21", "at_least": 1, "at_most_each": 31}, "due_working_days": 3, "remind_working_days": 3}, {"code": "key-points", "title": "\u5de5\u4f5c\u8981\u70b9\u9010\u6761\u843d\u5b9e\u60c5\u51b5\u62a5\u544a", "rows": [83], "every": "stage", "by": "office", "fulfilled_by": "report", "due_working_days": 5, "remind_working_days": 3}], "pace": [{"code": "half-year", "title": "\u65f6\u95f4\u8fc7\u534a\u4efb\u52a1\u8fc7\u534a", "rows": [37], "measure": "duties"}, {"code": "authorised", "title": "\u9996\u95ee\u8d23\u4efb\u4eba\u6388\u6743\u8fdb\u5ea6", "rows": [16, 37], "measure": "register", "register": "authorisations"}]}}','0423babf3d27d4df63d65e8648b3078c0725d8d4a45f03fd9b0dc323d66e5fad',NULL,NULL,'2026-09-28 23:44:01.444000');
INSERT INTO "rulebook_versions" VALUES('b850b318c50c42a897b2be71b01bc1d9','b23d08ebb85a40b1bd5dafce944293f9',1,'s4-minzhu-pingyi','全市建设系统民主评议政风行风','# 来源：领导政风行风动员会讲话。日期不写年份：取行动首日起的第一个。
rulebook: 1
code: s4-minzhu-pingyi
title: 全市建设系统民主评议政风行风
source: 领导政风行风动员会讲话

goals:
  - code: satisfied
    title: 成为人民群众满意的行政管理部门

themes:
  - {code: law, title: 依法行政, rows: [68]}
  - {code: openness, title: 政务公开, rows: [68]}
  - {code: approval, title: 行政审批, rows: [68]}
  - {code: service, title: 为民服务, rows: [68]}
  - {code: efficiency, title: 办事效率, rows: [68]}

actors:
- code: bureau
  title: 市局（评议工作领导小组）
  kind: leadership
  rows:
  - 66
  count: 1
  duty: 统一部署和组织实施所辖县市区的评议。
- code: review-office
  title: 评议工作办公室
  kind: office
  rows:
  - 78
  count: 30
  groups: 4
  duty: 组织协调、督促指导、联络沟通。
- code: construction
  title: 县市区建设局
  kind: inspected
  rows:
  - 66
  - 67
  count: 4
  below: bureau
  levels: 1
- code: housing
  title: 县市区房管局
  kind: inspected
  rows:
  - 66
  - 67
  count: 1
  below: bureau
  levels: 1
  duty: 接受评议，不参加省里的考核评比和表彰。
- code: planning
  title: 规划局
  kind: inspected
  rows:
  - 66
  - 67
  count: 1
  below: bureau
  levels: 1
- code: assessors
  title: 评议员
  kind: supervisor
  rows:
  - 70
  duty: 集中打分、集中汇总、当场密封。
- code: statistics
  title: 本级统计部门
  kind: supervisor
  rows:
  - 69
  duty: 会同组织群众满意度调查。
- code: masses
  title: 群众、基层、企业
  kind: public
  rows:
  - 71

stages:
- code: mobilise
  title: 全面部署、深入动员
  rows:
  - 66
  points:
  - code: office-staffed
    title: 抽调人员组成评议办
    rows:
    - 78
    by: review-office
    at_least: 30
  - code: office-groups
    title: 评议办下设小组
    rows:
    - 78
    by: review-office
    at_least: 4
  - code: rosters
    title: 各地上报领导小组名单
    rows:
    - 78
  - code: contacts
    title: 各地上报联系人及联系方式
    rows:
    - 78
  - code: plans
    title: 各地上报实施方案和相关文件
    rows:
    - 78
  - code: news
    title: 各地上报工作动态、先进做法、典型事例
    rows:
    - 78
- code: ask
  title: 征求意见、自查自纠
  rows:
  - 66
  - 71
  gates:
  - code: under-one-roof
    kind: campaigns.parts_assigned
    title: 十个建设局已列入，均为下管一级
    rows:
    - 66
    of: construction
  - code: mobilised
    kind: campaigns.points_done
    title: 机构、名单、方案已到位
    rows:
    - 66
    - 78
  - code: bans-decided
    kind: campaigns.rules_complete
    title: 八个严禁条文已核定
    rows:
    - 77
    of: eight-bans
- code: mend
  title: 反馈意见、整改建制
  rows:
  - 66
  - 72
  - 74
  about: 列入整改的问题逐条抓好落实，向群众反馈结果：事事有回音，件件有着落。
  gates:
  - code: asked
    kind: campaigns.confirmed
    title: 意见已征求、自查自纠已完成
    rows:
    - 66
- code: score
  title: 检查评比、集中统分
  rows:
  - 66
  - 70
  gates:
  - code: mended
    kind: campaigns.confirmed
    title: 整改情况已督查
    rows:
    - 66
    - 72
- code: conclude
  title: 通报结果、总结表彰
  rows:
  - 66
  gates:
  - code: sealed
    kind: campaigns.confirmed
    title: 评议结果已集中汇总
    rows:
    - 66
    - 70

rule_sets:
- code: eight-bans
  title: 八个严禁
  rows:
  - 77
  about: 讲话没有列出条文；下列为样稿，待办公室按《实施方案》核定。
  veto: true
  verdict: unqualified
  repeat_days: 365
  complete: true
  rules:
  - code: gifts
    kind: must_not
    text: 严禁收受礼品礼金和接受宴请（示范条文）。
  - code: gain
    kind: must_not
    text: 严禁借评议谋取私利（示范条文）。
  - code: harassing
    kind: must_not
    text: 严禁借评议刁难基层单位和服务对象（示范条文）。
  - code: vote-buying
    kind: must_not
    text: 严禁拉票贿选、干扰评议（示范条文）。
  - code: destroying
    kind: must_not
    text: 严禁隐匿、销毁评议资料（示范条文）。
  - code: biased-scores
    kind: must_not
    text: 严禁打感情分、关系分、解气分（示范条文）。
  - code: statistics
    kind: must_not
    text: 严禁篡改统计数据和评议结果（示范条文）。
  - code: leaking
    kind: must_not
    text: 严禁泄露投诉举报人情况（示范条文）。

visits:
  kinds:
    - {mode: open, kind: routine, title: 督促指导和检查评议}
    - {mode: covert, kind: routine, title: 暗访}
  checklists:
    - {code: window, title: 窗口和办事效率, themes: [approval, service, efficiency]}
    - {code: office, title: 机关作风, themes: [efficiency]}

cases:
  about: 先易后难、先重后轻、先急后缓；实行整改落实情况报告制、督查制和责任追究制；努力做到事事有回音、件件有着落。
  rows: [72, 73]
  sources:
    - {source: complaint, rows: [71, 75], about: 转办的信访投诉要积极办理、限时反馈，不得推诿、拖延。}
    - {source: clue, rows: [88], about: 对违法违纪问题，要认真查处、快查快结。}
    - {source: superior}
    - {source: self_reported}
    - {source: visit}
  channels:
    - {code: reception-day, title: 领导接访日, rows: [71]}
    - {code: mailbox, title: 举报信箱, rows: [71]}
    - {code: phone, title: 举报电话, rows: [71]}
    - {code: online, title: 网上征求意见, rows: [71]}
    - {code: outreach, title: 领导干部下访, rows: [71]}
  terms:
    - {of: complaint, working_days: 5, rows: [75]}
    - {of: fast_track, working_days: 3, rows: [88]}
  requests:
    bounce: {decide_working_days: 1, rows: [75], about: 不得推诿；确非本单位职责的，说明理由。}
    extension: {most_times: 1, most_working_days: 5, decide_working_days: 1, rows: [75]}
  closing:
    outcome: {of: [fast_track], rows: [88], about: 该指出的指出、该通报的通报、该处理的处理，注重跟踪落实。}

complaints:
  note: 接访日、信箱、电话、网上征求意见、领导下访，渠道公开；事事有回音、件件有着落。
  channels:
    - {channel: reception_day, title: 领导接访日, rows: [71]}
    - {channel: letterbox, title: 举报信箱, rows: [71]}
    - {channel: phone, title: 举报电话, rows: [71]}
    - {channel: page, title: 网上征求意见, rows: [71]}
    - {channel: leader_visit, title: 领导干部下访, rows: [71]}
  limits:
    unit_accept: {working_days: 1, rows: [75]}
    unit_reply: {working_days: 5, rows: [75], about: 转办的信访投诉要积极办理、限时反馈，不得推诿、拖延。}

ladders:
  sequences:
    - code: supervision
      title: 督查中发现的问题
      rows: [88]
      categories: [vertical, party_mass, government_functional]
      steps:
        - {code: point-out, kind: internal_notice, title: 该指出的指出, rows: [88]}
        - {code: circulate, kind: criticism, title: 该通报的通报, rows: [88]}
        - {code: handle, kind: accountability, title: 该处理的处理, rows: [88]}
    - code: uncorrected
      title: 有错不纠、整改不积极不到位
      rows: [72]
      categories: [vertical, party_mass, government_functional]
      steps:
        - code: hold
          kind: accountability
          title: 追究相关责任
          rows: [72]
          when:
            - {fact: cases.overdue, title: 逾期未整改}
            - {fact: cases.reminded, title: 已经督查催办}
    - code: behind
      title: 排名落后并受到当地政府批评
      rows: [76]
      categories: [government_functional]
      steps:
        - code: bar
          kind: award_bar
          title: 取消目标管理评优资格
          rows: [76]
          when:
            - {fact: attested.ranked-last}
            - {fact: attested.criticised-by-government}
  facts:
    - {code: ranked-last, title: 评议排名落后, rows: [76]}
    - {code: criticised-by-government, title: 受到当地政府批评, rows: [76]}
    - {code: outstanding, title: 领导重视、组织有力、成效明显、得分较高, rows: [67]}
    - {code: top-three, title: 评议前三名, rows: [67]}
  rewards:
    - code: commend
      title: 表彰
      rows: [67]
      when:
        - {fact: attested.outstanding}
    - code: plaque
      title: 表彰、授牌
      rows: [67]
      when:
        - {fact: attested.top-three}
  referral:
    rows: [88]
    bodies:
      - {code: supervision, title: 监察机关}
      - {code: discipline, title: 纪检机关}

registers:
  - code: submissions
    title: 各地评议工作上报材料
    rows: [78]
    note: 领导小组成员名单、联系人及电话、实施方案和相关文件以及评议动态及时上报市局评议办。
    filed_by: [liaison]
    visibility: unit
    columns:
      - {code: roster, title: 领导小组名单已报, type: yes_no, required: true}
      - {code: contact, title: 联系人和电话, type: person, required: true}
      - {code: plan, title: 实施方案文号, type: text, required: true}
      - {code: news, title: 评议动态, type: text}
    unique: [unit]
    states:
      - {code: filed, title: 已报, edit: [liaison], due: {working_days: 5}, remind_working_days: 1}
      - {code: complete, title: 齐备, edit: [liaison], outcome: done}
      - {code: lacking, title: 补报, edit: [liaison], due: {working_days: 3}, remind_working_days: 1}
    transitions:
      - {from: [filed, lacking], to: complete, title: 核对齐备, by: [lead, reviewer], needs: [{column: roster}]}
      - {from: [filed], to: lacking, title: 通知补报, by: [lead, reviewer], reason: true}
    completion: {at_least_percent: 100}
  - code: staffing
    title: 评议工作办公室组成
    rows: [78]
    note: 抽调30名同志组成评议工作办公室，下设四个组。
    filed_by: [lead]
    visibility: office
    columns:
      - {code: person, title: 人员, type: person, required: true}
      - {code: group, title: 组别, type: choice, choices: [第一组, 第二组, 第三组, 第四组], required: true}
    unique: [person]
    states:
      - {code: seconded, title: 在组, edit: [lead], outcome: done}
      - {code: left, title: 已回原单位, outcome: void}
    transitions:
      - {from: [seconded], to: left, title: 回原单位, by: [lead], reason: true}
    quotas:
      - {title: 抽调人员, count: rows, exactly: 30}
      - {title: 组数, count: values, column: group, exactly: 4}

surveys:
  rows: [69]
  note: 按省民意调查中心的样本框，会同统计部门组织群众满意度调查。
  intro: 请您对各部门的工作作出评价。答卷不记名。
  intro_en: Please judge the work of each department. Nobody is told who answered what.
  smallest_group: 5
  groups:
    - {code: masses, title: 群众, title_en: The public, rows: [69]}
    - {code: enterprises, title: 企业, title_en: Enterprises, rows: [69]}
  scale:
    - {code: satisfied, title: 满意, title_en: Satisfied, points: 100}
    - {code: fairly, title: 基本满意, title_en: Fairly satisfied, points: 60}
    - {code: dissatisfied, title: 不满意, title_en: Dissatisfied, points: 0, dissatisfied: true}
    - {code: unknown, title: 不了解, title_en: Do not know}
  questions:
    - {code: overall, title: 对工作总体是否满意, title_en: "Are you satisfied with its work as a whole?", decides: true, rows: [69]}
  rounds:
    - code: satisfaction
      title: 群众满意度调查
      rows: [69]
      by: statistics
      judged:
        - {actors: [construction, housing, planning], groups: [masses, enterprises]}

cycles:
  duties:
    - {code: rectification-report, title: 整改落实情况报告, rows: [72], every: stage, by: unit, parts: [construction, housing, planning], fulfilled_by: report, due_working_days: 3, remind_working_days: 3}
    - {code: rectification-inspection, title: 整改情况督查, rows: [72], every: stage, by: office, fulfilled_by: report, due_working_days: 3, remind_working_days: 3}

ballots:
  - code: appraisal
    title: 民主评议集中打分
    rows: [70]
    about: 对每个单位的五项内容逐项打分。请独立填写，不打感情分、关系分、解气分。
    parts: [construction, housing, planning]
    groups:
      - {code: assessors, title: 评议员}
      - {code: service-users, title: 服务对象代表}
    criteria:
      - {code: law, title: 依法行政, rows: [68]}
      - {code: openness, title: 政务公开, rows: [68]}
      - {code: approval, title: 行政审批, rows: [68]}
      - {code: service, title: 为民服务, rows: [68]}
      - {code: efficiency, title: 办事效率, rows: [68]}
    scale:
      - {code: satisfied, title: 满意, value: 100}
      - {code: mostly, title: 基本满意, value: 75}
      - {code: barely, title: 不太满意, value: 40}
      - {code: dissatisfied, title: 不满意, value: 0}
    witnesses: 3
    abstain: true
    fewest: 5

scoring:
  about: 检查评比、集中统分。只排单位，不排个人。各部分的权重和扣分由评议办按《实施方案》核定。
  schemes:
    - code: appraisal
      title: 民主评议政风行风
      rows: [67, 68, 76, 77]
      of: units
      published: true
      categories: [government_functional]
      parts: [construction, housing, planning]
      exclude:
        - {parts: [housing], why: 房管部门不参加省评议办统一组织的考核评比和表彰, rows: [67]}
      components:
        - code: scored
          title: 评议员集中打分
          source: ballot
          weight: 60
          groups:
            - {group: assessors, title: 评议员, weight: 60}
            - {group: service-users, title: 服务对象代表, weight: 40}
          items:
            - {item: law, title: 依法行政, weight: 20}
            - {item: openness, title: 政务公开, weight: 20}
            - {item: approval, title: 行政审批, weight: 20}
            - {item: service, title: 为民服务, weight: 20}
            - {item: efficiency, title: 办事效率, weight: 20}
          least: 5
          too_few: leave_out
        - code: satisfied
          title: 群众满意度
          source: survey
          weight: 40
          groups:
            - {group: masses, title: 群众, weight: 60}
            - {group: enterprises, title: 企业, weight: 40}
          least: 5
          too_few: leave_out
      deductions:
        - {code: inspected, title: 督查发现逾期未整改, rows: [76], source: visit, groups: [case], items: [overdue], each: 2, at_most: 10}
      vetoes:
        - {code: bans, title: 违反八个严禁, rows: [77], source: visit, groups: [breach], items: [unqualified], cap: 59.99}
      ties: {by: [satisfied]}
      bands:
        - {code: satisfied, title: 满意, from: 85}
        - {code: fair, title: 基本满意, from: 75}
        - {code: qualified, title: 合格, from: 60}
        - {code: unqualified, title: 不合格, from: 0}
      consequences:
        - code: top-three
          title: 前三名表彰、授牌
          rows: [67]
          when: {best: 3, among_at_least: 4}
          then: {reward: plaque}
          fact: top-three
        - code: behind
          title: 评议排名落后
          rows: [76]
          when: {last: 1, among_at_least: 4}
          then: {ladder: behind, step: bar}
          fact: ranked-last
','{"rulebook": 1, "code": "s4-minzhu-pingyi", "title": "\u5168\u5e02\u5efa\u8bbe\u7cfb\u7edf\u6c11\u4e3b\u8bc4\u8bae\u653f\u98ce\u884c\u98ce", "source": "\u9886\u5bfc\u653f\u98ce\u884c\u98ce\u52a8\u5458\u4f1a\u8bb2\u8bdd", "goals": [{"code": "satisfied", "title": "\u6210\u4e3a\u4eba\u6c11\u7fa4\u4f17\u6ee1\u610f\u7684\u884c\u653f\u7ba1\u7406\u90e8\u95e8"}], "themes": [{"code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "rows": [68]}, {"code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "rows": [68]}, {"code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "rows": [68]}, {"code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "rows": [68]}, {"code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "rows": [68]}], "actors": [{"code": "bureau", "title": "\u5e02\u5c40\uff08\u8bc4\u8bae\u5de5\u4f5c\u9886\u5bfc\u5c0f\u7ec4\uff09", "kind": "leadership", "rows": [66], "count": 1, "duty": "\u7edf\u4e00\u90e8\u7f72\u548c\u7ec4\u7ec7\u5b9e\u65bd\u6240\u8f96\u53bf\u5e02\u533a\u7684\u8bc4\u8bae\u3002"}, {"code": "review-office", "title": "\u8bc4\u8bae\u5de5\u4f5c\u529e\u516c\u5ba4", "kind": "office", "rows": [78], "count": 30, "groups": 4, "duty": "\u7ec4\u7ec7\u534f\u8c03\u3001\u7763\u4fc3\u6307\u5bfc\u3001\u8054\u7edc\u6c9f\u901a\u3002"}, {"code": "construction", "title": "\u53bf\u5e02\u533a\u5efa\u8bbe\u5c40", "kind": "inspected", "rows": [66, 67], "count": 4, "below": "bureau", "levels": 1}, {"code": "housing", "title": "\u53bf\u5e02\u533a\u623f\u7ba1\u5c40", "kind": "inspected", "rows": [66, 67], "count": 1, "below": "bureau", "levels": 1, "duty": "\u63a5\u53d7\u8bc4\u8bae\uff0c\u4e0d\u53c2\u52a0\u7701\u91cc\u7684\u8003\u6838\u8bc4\u6bd4\u548c\u8868\u5f70\u3002"}, {"code": "planning", "title": "\u89c4\u5212\u5c40", "kind": "inspected", "rows": [66, 67], "count": 1, "below": "bureau", "levels": 1}, {"code": "assessors", "title": "\u8bc4\u8bae\u5458", "kind": "supervisor", "rows": [70], "duty": "\u96c6\u4e2d\u6253\u5206\u3001\u96c6\u4e2d\u6c47\u603b\u3001\u5f53\u573a\u5bc6\u5c01\u3002"}, {"code": "statistics", "title": "\u672c\u7ea7\u7edf\u8ba1\u90e8\u95e8", "kind": "supervisor", "rows": [69], "duty": "\u4f1a\u540c\u7ec4\u7ec7\u7fa4\u4f17\u6ee1\u610f\u5ea6\u8c03\u67e5\u3002"}, {"code": "masses", "title": "\u7fa4\u4f17\u3001\u57fa\u5c42\u3001\u4f01\u4e1a", "kind": "public", "rows": [71]}], "stages": [{"code": "mobilise", "title": "\u5168\u9762\u90e8\u7f72\u3001\u6df1\u5165\u52a8\u5458", "rows": [66], "points": [{"code": "office-staffed", "title": "\u62bd\u8c03\u4eba\u5458\u7ec4\u6210\u8bc4\u8bae\u529e", "rows": [78], "by": "review-office", "at_least": 30}, {"code": "office-groups", "title": "\u8bc4\u8bae\u529e\u4e0b\u8bbe\u5c0f\u7ec4", "rows": [78], "by": "review-office", "at_least": 4}, {"code": "rosters", "title": "\u5404\u5730\u4e0a\u62a5\u9886\u5bfc\u5c0f\u7ec4\u540d\u5355", "rows": [78]}, {"code": "contacts", "title": "\u5404\u5730\u4e0a\u62a5\u8054\u7cfb\u4eba\u53ca\u8054\u7cfb\u65b9\u5f0f", "rows": [78]}, {"code": "plans", "title": "\u5404\u5730\u4e0a\u62a5\u5b9e\u65bd\u65b9\u6848\u548c\u76f8\u5173\u6587\u4ef6", "rows": [78]}, {"code": "news", "title": "\u5404\u5730\u4e0a\u62a5\u5de5\u4f5c\u52a8\u6001\u3001\u5148\u8fdb\u505a\u6cd5\u3001\u5178\u578b\u4e8b\u4f8b", "rows": [78]}]}, {"code": "ask", "title": "\u5f81\u6c42\u610f\u89c1\u3001\u81ea\u67e5\u81ea\u7ea0", "rows": [66, 71], "gates": [{"code": "under-one-roof", "kind": "campaigns.parts_assigned", "title": "\u5341\u4e2a\u5efa\u8bbe\u5c40\u5df2\u5217\u5165\uff0c\u5747\u4e3a\u4e0b\u7ba1\u4e00\u7ea7", "rows": [66], "of": "construction"}, {"code": "mobilised", "kind": "campaigns.points_done", "title": "\u673a\u6784\u3001\u540d\u5355\u3001\u65b9\u6848\u5df2\u5230\u4f4d", "rows": [66, 78]}, {"code": "bans-decided", "kind": "campaigns.rules_complete", "title": "\u516b\u4e2a\u4e25\u7981\u6761\u6587\u5df2\u6838\u5b9a", "rows": [77], "of": "eight-bans"}]}, {"code": "mend", "title": "\u53cd\u9988\u610f\u89c1\u3001\u6574\u6539\u5efa\u5236", "rows": [66, 72, 74], "about": "\u5217\u5165\u6574\u6539\u7684\u95ee\u9898\u9010\u6761\u6293\u597d\u843d\u5b9e\uff0c\u5411\u7fa4\u4f17\u53cd\u9988\u7ed3\u679c\uff1a\u4e8b\u4e8b\u6709\u56de\u97f3\uff0c\u4ef6\u4ef6\u6709\u7740\u843d\u3002", "gates": [{"code": "asked", "kind": "campaigns.confirmed", "title": "\u610f\u89c1\u5df2\u5f81\u6c42\u3001\u81ea\u67e5\u81ea\u7ea0\u5df2\u5b8c\u6210", "rows": [66]}]}, {"code": "score", "title": "\u68c0\u67e5\u8bc4\u6bd4\u3001\u96c6\u4e2d\u7edf\u5206", "rows": [66, 70], "gates": [{"code": "mended", "kind": "campaigns.confirmed", "title": "\u6574\u6539\u60c5\u51b5\u5df2\u7763\u67e5", "rows": [66, 72]}]}, {"code": "conclude", "title": "\u901a\u62a5\u7ed3\u679c\u3001\u603b\u7ed3\u8868\u5f70", "rows": [66], "gates": [{"code": "sealed", "kind": "campaigns.confirmed", "title": "\u8bc4\u8bae\u7ed3\u679c\u5df2\u96c6\u4e2d\u6c47\u603b", "rows": [66, 70]}]}], "rule_sets": [{"code": "eight-bans", "title": "\u516b\u4e2a\u4e25\u7981", "rows": [77], "about": "\u8bb2\u8bdd\u6ca1\u6709\u5217\u51fa\u6761\u6587\uff1b\u4e0b\u5217\u4e3a\u6837\u7a3f\uff0c\u5f85\u529e\u516c\u5ba4\u6309\u300a\u5b9e\u65bd\u65b9\u6848\u300b\u6838\u5b9a\u3002", "veto": true, "verdict": "unqualified", "repeat_days": 365, "complete": true, "rules": [{"code": "gifts", "kind": "must_not", "text": "\u4e25\u7981\u6536\u53d7\u793c\u54c1\u793c\u91d1\u548c\u63a5\u53d7\u5bb4\u8bf7\uff08\u793a\u8303\u6761\u6587\uff09\u3002"}, {"code": "gain", "kind": "must_not", "text": "\u4e25\u7981\u501f\u8bc4\u8bae\u8c0b\u53d6\u79c1\u5229\uff08\u793a\u8303\u6761\u6587\uff09\u3002"}, {"code": "harassing", "kind": "must_not", "text": "\u4e25\u7981\u501f\u8bc4\u8bae\u5201\u96be\u57fa\u5c42\u5355\u4f4d\u548c\u670d\u52a1\u5bf9\u8c61\uff08\u793a\u8303\u6761\u6587\uff09\u3002"}, {"code": "vote-buying", "kind": "must_not", "text": "\u4e25\u7981\u62c9\u7968\u8d3f\u9009\u3001\u5e72\u6270\u8bc4\u8bae\uff08\u793a\u8303\u6761\u6587\uff09\u3002"}, {"code": "destroying", "kind": "must_not", "text": "\u4e25\u7981\u9690\u533f\u3001\u9500\u6bc1\u8bc4\u8bae\u8d44\u6599\uff08\u793a\u8303\u6761\u6587\uff09\u3002"}, {"code": "biased-scores", "kind": "must_not", "text": "\u4e25\u7981\u6253\u611f\u60c5\u5206\u3001\u5173\u7cfb\u5206\u3001\u89e3\u6c14\u5206\uff08\u793a\u8303\u6761\u6587\uff09\u3002"}, {"code": "statistics", "kind": "must_not", "text": "\u4e25\u7981\u7be1\u6539\u7edf\u8ba1\u6570\u636e\u548c\u8bc4\u8bae\u7ed3\u679c\uff08\u793a\u8303\u6761\u6587\uff09\u3002"}, {"code": "leaking", "kind": "must_not", "text": "\u4e25\u7981\u6cc4\u9732\u6295\u8bc9\u4e3e\u62a5\u4eba\u60c5\u51b5\uff08\u793a\u8303\u6761\u6587\uff09\u3002"}]}], "visits": {"kinds": [{"mode": "open", "kind": "routine", "title": "\u7763\u4fc3\u6307\u5bfc\u548c\u68c0\u67e5\u8bc4\u8bae"}, {"mode": "covert", "kind": "routine", "title": "\u6697\u8bbf"}], "checklists": [{"code": "window", "title": "\u7a97\u53e3\u548c\u529e\u4e8b\u6548\u7387", "themes": ["approval", "service", "efficiency"]}, {"code": "office", "title": "\u673a\u5173\u4f5c\u98ce", "themes": ["efficiency"]}]}, "cases": {"about": "\u5148\u6613\u540e\u96be\u3001\u5148\u91cd\u540e\u8f7b\u3001\u5148\u6025\u540e\u7f13\uff1b\u5b9e\u884c\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a\u5236\u3001\u7763\u67e5\u5236\u548c\u8d23\u4efb\u8ffd\u7a76\u5236\uff1b\u52aa\u529b\u505a\u5230\u4e8b\u4e8b\u6709\u56de\u97f3\u3001\u4ef6\u4ef6\u6709\u7740\u843d\u3002", "rows": [72, 73], "sources": [{"source": "complaint", "rows": [71, 75], "about": "\u8f6c\u529e\u7684\u4fe1\u8bbf\u6295\u8bc9\u8981\u79ef\u6781\u529e\u7406\u3001\u9650\u65f6\u53cd\u9988\uff0c\u4e0d\u5f97\u63a8\u8bff\u3001\u62d6\u5ef6\u3002"}, {"source": "clue", "rows": [88], "about": "\u5bf9\u8fdd\u6cd5\u8fdd\u7eaa\u95ee\u9898\uff0c\u8981\u8ba4\u771f\u67e5\u5904\u3001\u5feb\u67e5\u5feb\u7ed3\u3002"}, {"source": "superior"}, {"source": "self_reported"}, {"source": "visit"}], "channels": [{"code": "reception-day", "title": "\u9886\u5bfc\u63a5\u8bbf\u65e5", "rows": [71]}, {"code": "mailbox", "title": "\u4e3e\u62a5\u4fe1\u7bb1", "rows": [71]}, {"code": "phone", "title": "\u4e3e\u62a5\u7535\u8bdd", "rows": [71]}, {"code": "online", "title": "\u7f51\u4e0a\u5f81\u6c42\u610f\u89c1", "rows": [71]}, {"code": "outreach", "title": "\u9886\u5bfc\u5e72\u90e8\u4e0b\u8bbf", "rows": [71]}], "terms": [{"of": "complaint", "working_days": 5, "rows": [75]}, {"of": "fast_track", "working_days": 3, "rows": [88]}], "requests": {"bounce": {"decide_working_days": 1, "rows": [75], "about": "\u4e0d\u5f97\u63a8\u8bff\uff1b\u786e\u975e\u672c\u5355\u4f4d\u804c\u8d23\u7684\uff0c\u8bf4\u660e\u7406\u7531\u3002"}, "extension": {"most_times": 1, "most_working_days": 5, "decide_working_days": 1, "rows": [75]}}, "closing": {"outcome": {"of": ["fast_track"], "rows": [88], "about": "\u8be5\u6307\u51fa\u7684\u6307\u51fa\u3001\u8be5\u901a\u62a5\u7684\u901a\u62a5\u3001\u8be5\u5904\u7406\u7684\u5904\u7406\uff0c\u6ce8\u91cd\u8ddf\u8e2a\u843d\u5b9e\u3002"}}}, "complaints": {"note": "\u63a5\u8bbf\u65e5\u3001\u4fe1\u7bb1\u3001\u7535\u8bdd\u3001\u7f51\u4e0a\u5f81\u6c42\u610f\u89c1\u3001\u9886\u5bfc\u4e0b\u8bbf\uff0c\u6e20\u9053\u516c\u5f00\uff1b\u4e8b\u4e8b\u6709\u56de\u97f3\u3001\u4ef6\u4ef6\u6709\u7740\u843d\u3002", "channels": [{"channel": "reception_day", "title": "\u9886\u5bfc\u63a5\u8bbf\u65e5", "rows": [71]}, {"channel": "letterbox", "title": "\u4e3e\u62a5\u4fe1\u7bb1", "rows": [71]}, {"channel": "phone", "title": "\u4e3e\u62a5\u7535\u8bdd", "rows": [71]}, {"channel": "page", "title": "\u7f51\u4e0a\u5f81\u6c42\u610f\u89c1", "rows": [71]}, {"channel": "leader_visit", "title": "\u9886\u5bfc\u5e72\u90e8\u4e0b\u8bbf", "rows": [71]}], "limits": {"unit_accept": {"working_days": 1, "rows": [75]}, "unit_reply": {"working_days": 5, "rows": [75], "about": "\u8f6c\u529e\u7684\u4fe1\u8bbf\u6295\u8bc9\u8981\u79ef\u6781\u529e\u7406\u3001\u9650\u65f6\u53cd\u9988\uff0c\u4e0d\u5f97\u63a8\u8bff\u3001\u62d6\u5ef6\u3002"}}}, "ladders": {"sequences": [{"code": "supervision", "title": "\u7763\u67e5\u4e2d\u53d1\u73b0\u7684\u95ee\u9898", "rows": [88], "categories": ["vertical", "party_mass", "government_functional"], "steps": [{"code": "point-out", "kind": "internal_notice", "title": "\u8be5\u6307\u51fa\u7684\u6307\u51fa", "rows": [88]}, {"code": "circulate", "kind": "criticism", "title": "\u8be5\u901a\u62a5\u7684\u901a\u62a5", "rows": [88]}, {"code": "handle", "kind": "accountability", "title": "\u8be5\u5904\u7406\u7684\u5904\u7406", "rows": [88]}]}, {"code": "uncorrected", "title": "\u6709\u9519\u4e0d\u7ea0\u3001\u6574\u6539\u4e0d\u79ef\u6781\u4e0d\u5230\u4f4d", "rows": [72], "categories": ["vertical", "party_mass", "government_functional"], "steps": [{"code": "hold", "kind": "accountability", "title": "\u8ffd\u7a76\u76f8\u5173\u8d23\u4efb", "rows": [72], "when": [{"fact": "cases.overdue", "title": "\u903e\u671f\u672a\u6574\u6539"}, {"fact": "cases.reminded", "title": "\u5df2\u7ecf\u7763\u67e5\u50ac\u529e"}]}]}, {"code": "behind", "title": "\u6392\u540d\u843d\u540e\u5e76\u53d7\u5230\u5f53\u5730\u653f\u5e9c\u6279\u8bc4", "rows": [76], "categories": ["government_functional"], "steps": [{"code": "bar", "kind": "award_bar", "title": "\u53d6\u6d88\u76ee\u6807\u7ba1\u7406\u8bc4\u4f18\u8d44\u683c", "rows": [76], "when": [{"fact": "attested.ranked-last"}, {"fact": "attested.criticised-by-government"}]}]}], "facts": [{"code": "ranked-last", "title": "\u8bc4\u8bae\u6392\u540d\u843d\u540e", "rows": [76]}, {"code": "criticised-by-government", "title": "\u53d7\u5230\u5f53\u5730\u653f\u5e9c\u6279\u8bc4", "rows": [76]}, {"code": "outstanding", "title": "\u9886\u5bfc\u91cd\u89c6\u3001\u7ec4\u7ec7\u6709\u529b\u3001\u6210\u6548\u660e\u663e\u3001\u5f97\u5206\u8f83\u9ad8", "rows": [67]}, {"code": "top-three", "title": "\u8bc4\u8bae\u524d\u4e09\u540d", "rows": [67]}], "rewards": [{"code": "commend", "title": "\u8868\u5f70", "rows": [67], "when": [{"fact": "attested.outstanding"}]}, {"code": "plaque", "title": "\u8868\u5f70\u3001\u6388\u724c", "rows": [67], "when": [{"fact": "attested.top-three"}]}], "referral": {"rows": [88], "bodies": [{"code": "supervision", "title": "\u76d1\u5bdf\u673a\u5173"}, {"code": "discipline", "title": "\u7eaa\u68c0\u673a\u5173"}]}}, "registers": [{"code": "submissions", "title": "\u5404\u5730\u8bc4\u8bae\u5de5\u4f5c\u4e0a\u62a5\u6750\u6599", "rows": [78], "note": "\u9886\u5bfc\u5c0f\u7ec4\u6210\u5458\u540d\u5355\u3001\u8054\u7cfb\u4eba\u53ca\u7535\u8bdd\u3001\u5b9e\u65bd\u65b9\u6848\u548c\u76f8\u5173\u6587\u4ef6\u4ee5\u53ca\u8bc4\u8bae\u52a8\u6001\u53ca\u65f6\u4e0a\u62a5\u5e02\u5c40\u8bc4\u8bae\u529e\u3002", "filed_by": ["liaison"], "visibility": "unit", "columns": [{"code": "roster", "title": "\u9886\u5bfc\u5c0f\u7ec4\u540d\u5355\u5df2\u62a5", "type": "yes_no", "required": true}, {"code": "contact", "title": "\u8054\u7cfb\u4eba\u548c\u7535\u8bdd", "type": "person", "required": true}, {"code": "plan", "title": "\u5b9e\u65bd\u65b9\u6848\u6587\u53f7", "type": "text", "required": true}, {"code": "news", "title": "\u8bc4\u8bae\u52a8\u6001", "type": "text"}], "unique": ["unit"], "states": [{"code": "filed", "title": "\u5df2\u62a5", "edit": ["liaison"], "due": {"working_days": 5}, "remind_working_days": 1}, {"code": "complete", "title": "\u9f50\u5907", "edit": ["liaison"], "outcome": "done"}, {"code": "lacking", "title": "\u8865\u62a5", "edit": ["liaison"], "due": {"working_days": 3}, "remind_working_days": 1}], "transitions": [{"from": ["filed", "lacking"], "to": "complete", "title": "\u6838\u5bf9\u9f50\u5907", "by": ["lead", "reviewer"], "needs": [{"column": "roster"}]}, {"from": ["filed"], "to": "lacking", "title": "\u901a\u77e5\u8865\u62a5", "by": ["lead", "reviewer"], "reason": true}], "completion": {"at_least_percent": 100}}, {"code": "staffing", "title": "\u8bc4\u8bae\u5de5\u4f5c\u529e\u516c\u5ba4\u7ec4\u6210", "rows": [78], "note": "\u62bd\u8c0330\u540d\u540c\u5fd7\u7ec4\u6210\u8bc4\u8bae\u5de5\u4f5c\u529e\u516c\u5ba4\uff0c\u4e0b\u8bbe\u56db\u4e2a\u7ec4\u3002", "filed_by": ["lead"], "visibility": "office", "columns": [{"code": "person", "title": "\u4eba\u5458", "type": "person", "required": true}, {"code": "group", "title": "\u7ec4\u522b", "type": "choice", "choices": ["\u7b2c\u4e00\u7ec4", "\u7b2c\u4e8c\u7ec4", "\u7b2c\u4e09\u7ec4", "\u7b2c\u56db\u7ec4"], "required": true}], "unique": ["person"], "states": [{"code": "seconded", "title": "\u5728\u7ec4", "edit": ["lead"], "outcome": "done"}, {"code": "left", "title": "\u5df2\u56de\u539f\u5355\u4f4d", "outcome": "void"}], "transitions": [{"from": ["seconded"], "to": "left", "title": "\u56de\u539f\u5355\u4f4d", "by": ["lead"], "reason": true}], "quotas": [{"title": "\u62bd\u8c03\u4eba\u5458", "count": "rows", "exactly": 30}, {"title": "\u7ec4\u6570", "count": "values", "column": "group", "exactly": 4}]}], "surveys": {"rows": [69], "note": "\u6309\u7701\u6c11\u610f\u8c03\u67e5\u4e2d\u5fc3\u7684\u6837\u672c\u6846\uff0c\u4f1a\u540c\u7edf\u8ba1\u90e8\u95e8\u7ec4\u7ec7\u7fa4\u4f17\u6ee1\u610f\u5ea6\u8c03\u67e5\u3002", "intro": "\u8bf7\u60a8\u5bf9\u5404\u90e8\u95e8\u7684\u5de5\u4f5c\u4f5c\u51fa\u8bc4\u4ef7\u3002\u7b54\u5377\u4e0d\u8bb0\u540d\u3002", "intro_en": "Please judge the work of each department. Nobody is told who answered what.", "smallest_group": 5, "groups": [{"code": "masses", "title": "\u7fa4\u4f17", "title_en": "The public", "rows": [69]}, {"code": "enterprises", "title": "\u4f01\u4e1a", "title_en": "Enterprises", "rows": [69]}], "scale": [{"code": "satisfied", "title": "\u6ee1\u610f", "title_en": "Satisfied", "points": 100}, {"code": "fairly", "title": "\u57fa\u672c\u6ee1\u610f", "title_en": "Fairly satisfied", "points": 60}, {"code": "dissatisfied", "title": "\u4e0d\u6ee1\u610f", "title_en": "Dissatisfied", "points": 0, "dissatisfied": true}, {"code": "unknown", "title": "\u4e0d\u4e86\u89e3", "title_en": "Do not know"}], "questions": [{"code": "overall", "title": "\u5bf9\u5de5\u4f5c\u603b\u4f53\u662f\u5426\u6ee1\u610f", "title_en": "Are you satisfied with its work as a whole?", "decides": true, "rows": [69]}], "rounds": [{"code": "satisfaction", "title": "\u7fa4\u4f17\u6ee1\u610f\u5ea6\u8c03\u67e5", "rows": [69], "by": "statistics", "judged": [{"actors": ["construction", "housing", "planning"], "groups": ["masses", "enterprises"]}]}]}, "cycles": {"duties": [{"code": "rectification-report", "title": "\u6574\u6539\u843d\u5b9e\u60c5\u51b5\u62a5\u544a", "rows": [72], "every": "stage", "by": "unit", "parts": ["construction", "housing", "planning"], "fulfilled_by": "report", "due_working_days": 3, "remind_working_days": 3}, {"code": "rectification-inspection", "title": "\u6574\u6539\u60c5\u51b5\u7763\u67e5", "rows": [72], "every": "stage", "by": "office", "fulfilled_by": "report", "due_working_days": 3, "remind_working_days": 3}]}, "ballots": [{"code": "appraisal", "title": "\u6c11\u4e3b\u8bc4\u8bae\u96c6\u4e2d\u6253\u5206", "rows": [70], "about": "\u5bf9\u6bcf\u4e2a\u5355\u4f4d\u7684\u4e94\u9879\u5185\u5bb9\u9010\u9879\u6253\u5206\u3002\u8bf7\u72ec\u7acb\u586b\u5199\uff0c\u4e0d\u6253\u611f\u60c5\u5206\u3001\u5173\u7cfb\u5206\u3001\u89e3\u6c14\u5206\u3002", "parts": ["construction", "housing", "planning"], "groups": [{"code": "assessors", "title": "\u8bc4\u8bae\u5458"}, {"code": "service-users", "title": "\u670d\u52a1\u5bf9\u8c61\u4ee3\u8868"}], "criteria": [{"code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "rows": [68]}, {"code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "rows": [68]}, {"code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "rows": [68]}, {"code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "rows": [68]}, {"code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "rows": [68]}], "scale": [{"code": "satisfied", "title": "\u6ee1\u610f", "value": 100}, {"code": "mostly", "title": "\u57fa\u672c\u6ee1\u610f", "value": 75}, {"code": "barely", "title": "\u4e0d\u592a\u6ee1\u610f", "value": 40}, {"code": "dissatisfied", "title": "\u4e0d\u6ee1\u610f", "value": 0}], "witnesses": 3, "abstain": true, "fewest": 5}], "scoring": {"about": "\u68c0\u67e5\u8bc4\u6bd4\u3001\u96c6\u4e2d\u7edf\u5206\u3002\u53ea\u6392\u5355\u4f4d\uff0c\u4e0d\u6392\u4e2a\u4eba\u3002\u5404\u90e8\u5206\u7684\u6743\u91cd\u548c\u6263\u5206\u7531\u8bc4\u8bae\u529e\u6309\u300a\u5b9e\u65bd\u65b9\u6848\u300b\u6838\u5b9a\u3002", "schemes": [{"code": "appraisal", "title": "\u6c11\u4e3b\u8bc4\u8bae\u653f\u98ce\u884c\u98ce", "rows": [67, 68, 76, 77], "of": "units", "published": true, "categories": ["government_functional"], "parts": ["construction", "housing", "planning"], "exclude": [{"parts": ["housing"], "why": "\u623f\u7ba1\u90e8\u95e8\u4e0d\u53c2\u52a0\u7701\u8bc4\u8bae\u529e\u7edf\u4e00\u7ec4\u7ec7\u7684\u8003\u6838\u8bc4\u6bd4\u548c\u8868\u5f70", "rows": [67]}], "components": [{"code": "scored", "title": "\u8bc4\u8bae\u5458\u96c6\u4e2d\u6253\u5206", "source": "ballot", "weight": 60, "groups": [{"group": "assessors", "title": "\u8bc4\u8bae\u5458", "weight": 60}, {"group": "service-users", "title": "\u670d\u52a1\u5bf9\u8c61\u4ee3\u8868", "weight": 40}], "items": [{"item": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "weight": 20}, {"item": "openness", "title": "\u653f\u52a1\u516c\u5f00", "weight": 20}, {"item": "approval", "title": "\u884c\u653f\u5ba1\u6279", "weight": 20}, {"item": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "weight": 20}, {"item": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "weight": 20}], "least": 5, "too_few": "leave_out"}, {"code": "satisfied", "title": "\u7fa4\u4f17\u6ee1\u610f\u5ea6", "source": "survey", "weight": 40, "groups": [{"group": "masses", "title": "\u7fa4\u4f17", "weight": 60}, {"group": "enterprises", "title": "\u4f01\u4e1a", "weight": 40}], "least": 5, "too_few": "leave_out"}], "deductions": [{"code": "inspected", "title": "\u7763\u67e5\u53d1\u73b0\u903e\u671f\u672a\u6574\u6539", "rows": [76], "source": "visit", "groups": ["case"], "items": ["overdue"], "each": 2, "at_most": 10}], "vetoes": [{"code": "bans", "title": "\u8fdd\u53cd\u516b\u4e2a\u4e25\u7981", "rows": [77], "source": "visit", "groups": ["breach"], "items": ["unqualified"], "cap": 59.99}], "ties": {"by": ["satisfied"]}, "bands": [{"code": "satisfied", "title": "\u6ee1\u610f", "from": 85}, {"code": "fair", "title": "\u57fa\u672c\u6ee1\u610f", "from": 75}, {"code": "qualified", "title": "\u5408\u683c", "from": 60}, {"code": "unqualified", "title": "\u4e0d\u5408\u683c", "from": 0}], "consequences": [{"code": "top-three", "title": "\u524d\u4e09\u540d\u8868\u5f70\u3001\u6388\u724c", "rows": [67], "when": {"best": 3, "among_at_least": 4}, "then": {"reward": "plaque"}, "fact": "top-three"}, {"code": "behind", "title": "\u8bc4\u8bae\u6392\u540d\u843d\u540e", "rows": [76], "when": {"last": 1, "among_at_least": 4}, "then": {"ladder": "behind", "step": "bar"}, "fact": "ranked-last"}]}]}}','0370575364f40945e309a343d7ecbabfd3bcacfa123a650fbf465e21b0312820',NULL,NULL,'2026-10-03 23:44:01.444000');
CREATE TABLE score_consequences (
	id CHAR(32) NOT NULL, 
	run_id CHAR(32) NOT NULL, 
	rule VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	ladder VARCHAR NOT NULL, 
	step VARCHAR NOT NULL, 
	reward VARCHAR NOT NULL, 
	case_id CHAR(32), 
	measure_id CHAR(32), 
	state VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_score_consequences PRIMARY KEY (id), 
	CONSTRAINT ck_score_consequences_rests_on_case CHECK ((case_id IS NULL) = (reward <> '')), 
	CONSTRAINT ck_score_consequences_proposed CHECK ((state = 'proposed') = (measure_id IS NOT NULL)), 
	CONSTRAINT ck_score_consequences_state CHECK (state IN ('open', 'proposed', 'dropped', 'void')), 
	CONSTRAINT ck_score_consequences_ended_with_reason CHECK (state NOT IN ('dropped', 'void') OR length(trim(note)) > 0), 
	CONSTRAINT fk_score_consequences_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_score_consequences_measure_id_ladder_measures FOREIGN KEY(measure_id) REFERENCES ladder_measures (id), 
	CONSTRAINT fk_score_consequences_run_id_score_runs FOREIGN KEY(run_id) REFERENCES score_runs (id), 
	CONSTRAINT fk_score_consequences_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_score_consequences_run_id_rule_unit_id UNIQUE (run_id, rule, unit_id)
);
INSERT INTO "score_consequences" VALUES('f2fb663ac9e64acd8e2f5fe1ea7b80b0','b20d1262b2004dfab301270044c293f5','top-three','前三名表彰、授牌','0bc008fdf97e4ac99180087666fa10fd','','','plaque',NULL,NULL,'open','','2026-11-15 23:44:01.444000');
INSERT INTO "score_consequences" VALUES('8e215c1893a2401db24fc06553e8a143','b20d1262b2004dfab301270044c293f5','top-three','前三名表彰、授牌','2eea26e46f624721aa257f5c651c8b87','','','plaque',NULL,NULL,'open','','2026-11-15 23:44:01.444000');
INSERT INTO "score_consequences" VALUES('15eb8eff805747ccbc2b8964d459d2e2','b20d1262b2004dfab301270044c293f5','top-three','前三名表彰、授牌','6390e8fe99a44bc3ac08f79c036659a9','','','plaque',NULL,NULL,'open','','2026-11-15 23:44:01.444000');
INSERT INTO "score_consequences" VALUES('6fc3a94b0d7d49a9ab27e4594849eea9','b20d1262b2004dfab301270044c293f5','behind','评议排名落后','e045ff7c751a437ab4bdb89ae716288b','behind','bar','','e235c73dc01849b2b107d18255230d89',NULL,'open','','2026-11-15 23:44:01.444000');
CREATE TABLE score_results (
	run_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	category VARCHAR NOT NULL, 
	score VARCHAR, 
	rank INTEGER, 
	ranked_of INTEGER NOT NULL, 
	worse INTEGER NOT NULL, 
	band VARCHAR NOT NULL, 
	why_not VARCHAR NOT NULL, 
	vetoes JSON NOT NULL, 
	explanation JSON NOT NULL, 
	CONSTRAINT pk_score_results PRIMARY KEY (run_id, unit_id), 
	CONSTRAINT fk_score_results_run_id_score_runs FOREIGN KEY(run_id) REFERENCES score_runs (id), 
	CONSTRAINT fk_score_results_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id)
);
INSERT INTO "score_results" VALUES('b20d1262b2004dfab301270044c293f5','6390e8fe99a44bc3ac08f79c036659a9','government_functional','97.66',1,5,4,'satisfied','','[]','{"kind": "total", "code": "appraisal", "title": "\u6c11\u4e3b\u8bc4\u8bae\u653f\u98ce\u884c\u98ce", "points": "97.6600", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "component", "code": "scored", "title": "\u8bc4\u8bae\u5458\u96c6\u4e2d\u6253\u5206", "points": "57.6600", "weight": "60.0000", "mark": "96.1000", "count": 11, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "assessors", "title": "\u8bc4\u8bae\u5458", "points": "34.3800", "weight": "60.0000", "mark": "95.5000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "6.9000", "weight": "20.0000", "mark": "95.8333", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "6.9000", "weight": null, "mark": "95.8333", "count": 6, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "6.6000", "weight": "20.0000", "mark": "91.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "6.6000", "weight": null, "mark": "91.6667", "count": 6, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "7.2000", "weight": "20.0000", "mark": "100.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "7.2000", "weight": null, "mark": "100.0000", "count": 6, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "7.2000", "weight": "20.0000", "mark": "100.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "7.2000", "weight": null, "mark": "100.0000", "count": 6, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "6.4800", "weight": "20.0000", "mark": "90.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "6.4800", "weight": null, "mark": "90.0000", "count": 6, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}, {"kind": "group", "code": "service-users", "title": "\u670d\u52a1\u5bf9\u8c61\u4ee3\u8868", "points": "23.2800", "weight": "40.0000", "mark": "97.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "4.8000", "weight": "20.0000", "mark": "100.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "4.8000", "weight": null, "mark": "100.0000", "count": 5, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "4.8000", "weight": "20.0000", "mark": "100.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "4.8000", "weight": null, "mark": "100.0000", "count": 5, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "4.5600", "weight": "20.0000", "mark": "95.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "4.5600", "weight": null, "mark": "95.0000", "count": 5, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "4.3200", "weight": "20.0000", "mark": "90.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "4.3200", "weight": null, "mark": "90.0000", "count": 5, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "4.8000", "weight": "20.0000", "mark": "100.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "4.8000", "weight": null, "mark": "100.0000", "count": 5, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}]}, {"kind": "component", "code": "satisfied", "title": "\u7fa4\u4f17\u6ee1\u610f\u5ea6", "points": "40.0000", "weight": "40.0000", "mark": "100.0000", "count": 16, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "masses", "title": "\u7fa4\u4f17", "points": "24.0000", "weight": "60.0000", "mark": "100.0000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "24.0000", "weight": null, "mark": "100.0000", "count": 8, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}, {"kind": "group", "code": "enterprises", "title": "\u4f01\u4e1a", "points": "16.0000", "weight": "40.0000", "mark": "100.0000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "16.0000", "weight": null, "mark": "100.0000", "count": 8, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}]}, {"kind": "deduction", "code": "inspected", "title": "\u7763\u67e5\u53d1\u73b0\u903e\u671f\u672a\u6574\u6539", "points": "0.0000", "weight": null, "mark": null, "count": 0, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}]}');
INSERT INTO "score_results" VALUES('b20d1262b2004dfab301270044c293f5','746a29a47269458bb3cf3d5e905b7887','government_functional','78.44',4,5,1,'fair','','[]','{"kind": "total", "code": "appraisal", "title": "\u6c11\u4e3b\u8bc4\u8bae\u653f\u98ce\u884c\u98ce", "points": "78.4400", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "component", "code": "scored", "title": "\u8bc4\u8bae\u5458\u96c6\u4e2d\u6253\u5206", "points": "51.2400", "weight": "60.0000", "mark": "85.4000", "count": 11, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "assessors", "title": "\u8bc4\u8bae\u5458", "points": "32.2800", "weight": "60.0000", "mark": "89.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "6.9000", "weight": "20.0000", "mark": "95.8333", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "6.9000", "weight": null, "mark": "95.8333", "count": 6, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "7.2000", "weight": "20.0000", "mark": "100.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "7.2000", "weight": null, "mark": "100.0000", "count": 6, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "6.6000", "weight": "20.0000", "mark": "91.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "6.6000", "weight": null, "mark": "91.6667", "count": 6, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "4.6800", "weight": "20.0000", "mark": "65.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "4.6800", "weight": null, "mark": "65.0000", "count": 6, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "6.9000", "weight": "20.0000", "mark": "95.8333", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "6.9000", "weight": null, "mark": "95.8333", "count": 6, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}, {"kind": "group", "code": "service-users", "title": "\u670d\u52a1\u5bf9\u8c61\u4ee3\u8868", "points": "18.9600", "weight": "40.0000", "mark": "79.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "3.4080", "weight": "20.0000", "mark": "71.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "3.4080", "weight": null, "mark": "71.0000", "count": 5, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "3.7440", "weight": "20.0000", "mark": "78.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "3.7440", "weight": null, "mark": "78.0000", "count": 5, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "4.3200", "weight": "20.0000", "mark": "90.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "4.3200", "weight": null, "mark": "90.0000", "count": 5, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "3.5040", "weight": "20.0000", "mark": "73.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "3.5040", "weight": null, "mark": "73.0000", "count": 5, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "3.9840", "weight": "20.0000", "mark": "83.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "3.9840", "weight": null, "mark": "83.0000", "count": 5, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}]}, {"kind": "component", "code": "satisfied", "title": "\u7fa4\u4f17\u6ee1\u610f\u5ea6", "points": "27.2000", "weight": "40.0000", "mark": "68.0000", "count": 16, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "masses", "title": "\u7fa4\u4f17", "points": "15.6000", "weight": "60.0000", "mark": "65.0000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "15.6000", "weight": null, "mark": "65.0000", "count": 8, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}, {"kind": "group", "code": "enterprises", "title": "\u4f01\u4e1a", "points": "11.6000", "weight": "40.0000", "mark": "72.5000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "11.6000", "weight": null, "mark": "72.5000", "count": 8, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}]}, {"kind": "deduction", "code": "inspected", "title": "\u7763\u67e5\u53d1\u73b0\u903e\u671f\u672a\u6574\u6539", "points": "0.0000", "weight": null, "mark": null, "count": 0, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}, {"kind": "rounding", "code": "", "title": "", "points": "0.0000", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}]}');
INSERT INTO "score_results" VALUES('b20d1262b2004dfab301270044c293f5','2eea26e46f624721aa257f5c651c8b87','government_functional','87.16',2,5,3,'satisfied','','[]','{"kind": "total", "code": "appraisal", "title": "\u6c11\u4e3b\u8bc4\u8bae\u653f\u98ce\u884c\u98ce", "points": "87.1600", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "component", "code": "scored", "title": "\u8bc4\u8bae\u5458\u96c6\u4e2d\u6253\u5206", "points": "56.3640", "weight": "60.0000", "mark": "93.9400", "count": 11, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "assessors", "title": "\u8bc4\u8bae\u5458", "points": "34.3800", "weight": "60.0000", "mark": "95.5000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "7.2000", "weight": "20.0000", "mark": "100.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "7.2000", "weight": null, "mark": "100.0000", "count": 6, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "6.9000", "weight": "20.0000", "mark": "95.8333", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "6.9000", "weight": null, "mark": "95.8333", "count": 6, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "7.2000", "weight": "20.0000", "mark": "100.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "7.2000", "weight": null, "mark": "100.0000", "count": 6, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "6.6000", "weight": "20.0000", "mark": "91.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "6.6000", "weight": null, "mark": "91.6667", "count": 6, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "6.4800", "weight": "20.0000", "mark": "90.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "6.4800", "weight": null, "mark": "90.0000", "count": 6, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}, {"kind": "group", "code": "service-users", "title": "\u670d\u52a1\u5bf9\u8c61\u4ee3\u8868", "points": "21.9840", "weight": "40.0000", "mark": "91.6000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "4.8000", "weight": "20.0000", "mark": "100.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "4.8000", "weight": null, "mark": "100.0000", "count": 5, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "4.5600", "weight": "20.0000", "mark": "95.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "4.5600", "weight": null, "mark": "95.0000", "count": 5, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "4.8000", "weight": "20.0000", "mark": "100.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "4.8000", "weight": null, "mark": "100.0000", "count": 5, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "4.5600", "weight": "20.0000", "mark": "95.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "4.5600", "weight": null, "mark": "95.0000", "count": 5, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "3.2640", "weight": "20.0000", "mark": "68.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "3.2640", "weight": null, "mark": "68.0000", "count": 5, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}]}, {"kind": "component", "code": "satisfied", "title": "\u7fa4\u4f17\u6ee1\u610f\u5ea6", "points": "30.8000", "weight": "40.0000", "mark": "77.0000", "count": 16, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "masses", "title": "\u7fa4\u4f17", "points": "20.4000", "weight": "60.0000", "mark": "85.0000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "20.4000", "weight": null, "mark": "85.0000", "count": 8, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}, {"kind": "group", "code": "enterprises", "title": "\u4f01\u4e1a", "points": "10.4000", "weight": "40.0000", "mark": "65.0000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "10.4000", "weight": null, "mark": "65.0000", "count": 8, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}]}, {"kind": "deduction", "code": "inspected", "title": "\u7763\u67e5\u53d1\u73b0\u903e\u671f\u672a\u6574\u6539", "points": "0.0000", "weight": null, "mark": null, "count": 0, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}, {"kind": "rounding", "code": "", "title": "", "points": "-0.0040", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}]}');
INSERT INTO "score_results" VALUES('b20d1262b2004dfab301270044c293f5','e045ff7c751a437ab4bdb89ae716288b','government_functional','68.38',5,5,0,'qualified','','[]','{"kind": "total", "code": "appraisal", "title": "\u6c11\u4e3b\u8bc4\u8bae\u653f\u98ce\u884c\u98ce", "points": "68.3800", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "component", "code": "scored", "title": "\u8bc4\u8bae\u5458\u96c6\u4e2d\u6253\u5206", "points": "42.5760", "weight": "60.0000", "mark": "70.9600", "count": 11, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "assessors", "title": "\u8bc4\u8bae\u5458", "points": "26.1600", "weight": "60.0000", "mark": "72.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "6.3000", "weight": "20.0000", "mark": "87.5000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "6.3000", "weight": null, "mark": "87.5000", "count": 6, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "5.7000", "weight": "20.0000", "mark": "79.1667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "5.7000", "weight": null, "mark": "79.1667", "count": 6, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "3.6000", "weight": "20.0000", "mark": "50.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "3.6000", "weight": null, "mark": "50.0000", "count": 6, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "6.3000", "weight": "20.0000", "mark": "87.5000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "6.3000", "weight": null, "mark": "87.5000", "count": 6, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "4.2600", "weight": "20.0000", "mark": "59.1667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "4.2600", "weight": null, "mark": "59.1667", "count": 6, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}, {"kind": "group", "code": "service-users", "title": "\u670d\u52a1\u5bf9\u8c61\u4ee3\u8868", "points": "16.4160", "weight": "40.0000", "mark": "68.4000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "3.0240", "weight": "20.0000", "mark": "63.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "3.0240", "weight": null, "mark": "63.0000", "count": 5, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "4.2240", "weight": "20.0000", "mark": "88.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "4.2240", "weight": null, "mark": "88.0000", "count": 5, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "2.7840", "weight": "20.0000", "mark": "58.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "2.7840", "weight": null, "mark": "58.0000", "count": 5, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "2.7840", "weight": "20.0000", "mark": "58.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "2.7840", "weight": null, "mark": "58.0000", "count": 5, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "3.6000", "weight": "20.0000", "mark": "75.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "3.6000", "weight": null, "mark": "75.0000", "count": 5, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}]}, {"kind": "component", "code": "satisfied", "title": "\u7fa4\u4f17\u6ee1\u610f\u5ea6", "points": "25.8000", "weight": "40.0000", "mark": "64.5000", "count": 16, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "masses", "title": "\u7fa4\u4f17", "points": "17.4000", "weight": "60.0000", "mark": "72.5000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "17.4000", "weight": null, "mark": "72.5000", "count": 8, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}, {"kind": "group", "code": "enterprises", "title": "\u4f01\u4e1a", "points": "8.4000", "weight": "40.0000", "mark": "52.5000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "8.4000", "weight": null, "mark": "52.5000", "count": 8, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}]}, {"kind": "deduction", "code": "inspected", "title": "\u7763\u67e5\u53d1\u73b0\u903e\u671f\u672a\u6574\u6539", "points": "0.0000", "weight": null, "mark": null, "count": 0, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}, {"kind": "rounding", "code": "", "title": "", "points": "0.0040", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}]}');
INSERT INTO "score_results" VALUES('b20d1262b2004dfab301270044c293f5','a21c12fd887b40bfa34b77ffbe978ea5','government_functional','88.07',NULL,5,0,'satisfied','房管部门不参加省评议办统一组织的考核评比和表彰','[]','{"kind": "total", "code": "appraisal", "title": "\u6c11\u4e3b\u8bc4\u8bae\u653f\u98ce\u884c\u98ce", "points": "88.0700", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "component", "code": "scored", "title": "\u8bc4\u8bae\u5458\u96c6\u4e2d\u6253\u5206", "points": "51.6720", "weight": "60.0000", "mark": "86.1200", "count": 11, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "assessors", "title": "\u8bc4\u8bae\u5458", "points": "32.2800", "weight": "60.0000", "mark": "89.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "6.6000", "weight": "20.0000", "mark": "91.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "6.6000", "weight": null, "mark": "91.6667", "count": 6, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "5.4000", "weight": "20.0000", "mark": "75.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "5.4000", "weight": null, "mark": "75.0000", "count": 6, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "6.4800", "weight": "20.0000", "mark": "90.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "6.4800", "weight": null, "mark": "90.0000", "count": 6, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "6.6000", "weight": "20.0000", "mark": "91.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "6.6000", "weight": null, "mark": "91.6667", "count": 6, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "7.2000", "weight": "20.0000", "mark": "100.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "7.2000", "weight": null, "mark": "100.0000", "count": 6, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}, {"kind": "group", "code": "service-users", "title": "\u670d\u52a1\u5bf9\u8c61\u4ee3\u8868", "points": "19.3920", "weight": "40.0000", "mark": "80.8000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "2.7840", "weight": "20.0000", "mark": "58.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "2.7840", "weight": null, "mark": "58.0000", "count": 5, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "4.5600", "weight": "20.0000", "mark": "95.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "4.5600", "weight": null, "mark": "95.0000", "count": 5, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "3.6000", "weight": "20.0000", "mark": "75.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "3.6000", "weight": null, "mark": "75.0000", "count": 5, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "3.6480", "weight": "20.0000", "mark": "76.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "3.6480", "weight": null, "mark": "76.0000", "count": 5, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "4.8000", "weight": "20.0000", "mark": "100.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "4.8000", "weight": null, "mark": "100.0000", "count": 5, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}]}, {"kind": "component", "code": "satisfied", "title": "\u7fa4\u4f17\u6ee1\u610f\u5ea6", "points": "36.4000", "weight": "40.0000", "mark": "91.0000", "count": 16, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "masses", "title": "\u7fa4\u4f17", "points": "22.8000", "weight": "60.0000", "mark": "95.0000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "22.8000", "weight": null, "mark": "95.0000", "count": 8, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}, {"kind": "group", "code": "enterprises", "title": "\u4f01\u4e1a", "points": "13.6000", "weight": "40.0000", "mark": "85.0000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "13.6000", "weight": null, "mark": "85.0000", "count": 8, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}]}, {"kind": "deduction", "code": "inspected", "title": "\u7763\u67e5\u53d1\u73b0\u903e\u671f\u672a\u6574\u6539", "points": "0.0000", "weight": null, "mark": null, "count": 0, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}, {"kind": "rounding", "code": "", "title": "", "points": "-0.0020", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}]}');
INSERT INTO "score_results" VALUES('b20d1262b2004dfab301270044c293f5','0bc008fdf97e4ac99180087666fa10fd','government_functional','81.20',3,5,2,'fair','','[]','{"kind": "total", "code": "appraisal", "title": "\u6c11\u4e3b\u8bc4\u8bae\u653f\u98ce\u884c\u98ce", "points": "81.2000", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "component", "code": "scored", "title": "\u8bc4\u8bae\u5458\u96c6\u4e2d\u6253\u5206", "points": "54.2040", "weight": "60.0000", "mark": "90.3400", "count": 11, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "assessors", "title": "\u8bc4\u8bae\u5458", "points": "32.4600", "weight": "60.0000", "mark": "90.1667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "6.0000", "weight": "20.0000", "mark": "83.3333", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "6.0000", "weight": null, "mark": "83.3333", "count": 6, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "6.9000", "weight": "20.0000", "mark": "95.8333", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "6.9000", "weight": null, "mark": "95.8333", "count": 6, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "6.6000", "weight": "20.0000", "mark": "91.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "6.6000", "weight": null, "mark": "91.6667", "count": 6, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "6.4800", "weight": "20.0000", "mark": "90.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "6.4800", "weight": null, "mark": "90.0000", "count": 6, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "6.4800", "weight": "20.0000", "mark": "90.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "6.4800", "weight": null, "mark": "90.0000", "count": 6, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}, {"kind": "group", "code": "service-users", "title": "\u670d\u52a1\u5bf9\u8c61\u4ee3\u8868", "points": "21.7440", "weight": "40.0000", "mark": "90.6000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "4.8000", "weight": "20.0000", "mark": "100.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "4.8000", "weight": null, "mark": "100.0000", "count": 5, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "4.5600", "weight": "20.0000", "mark": "95.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "4.5600", "weight": null, "mark": "95.0000", "count": 5, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "4.8000", "weight": "20.0000", "mark": "100.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "4.8000", "weight": null, "mark": "100.0000", "count": 5, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "3.9840", "weight": "20.0000", "mark": "83.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "3.9840", "weight": null, "mark": "83.0000", "count": 5, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "3.6000", "weight": "20.0000", "mark": "75.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "3.6000", "weight": null, "mark": "75.0000", "count": 5, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}]}, {"kind": "component", "code": "satisfied", "title": "\u7fa4\u4f17\u6ee1\u610f\u5ea6", "points": "27.0000", "weight": "40.0000", "mark": "67.5000", "count": 16, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "masses", "title": "\u7fa4\u4f17", "points": "17.4000", "weight": "60.0000", "mark": "72.5000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "17.4000", "weight": null, "mark": "72.5000", "count": 8, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}, {"kind": "group", "code": "enterprises", "title": "\u4f01\u4e1a", "points": "9.6000", "weight": "40.0000", "mark": "60.0000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "9.6000", "weight": null, "mark": "60.0000", "count": 8, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}]}, {"kind": "deduction", "code": "inspected", "title": "\u7763\u67e5\u53d1\u73b0\u903e\u671f\u672a\u6574\u6539", "points": "0.0000", "weight": null, "mark": null, "count": 0, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}, {"kind": "rounding", "code": "", "title": "", "points": "-0.0040", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}]}');
INSERT INTO "score_results" VALUES('d5c0635be1db4ec4a9dcbeaa2ffb32fc','6390e8fe99a44bc3ac08f79c036659a9','government_functional','97.66',1,5,4,'satisfied','','[]','{"kind": "total", "code": "appraisal", "title": "\u6c11\u4e3b\u8bc4\u8bae\u653f\u98ce\u884c\u98ce", "points": "97.6600", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "component", "code": "scored", "title": "\u8bc4\u8bae\u5458\u96c6\u4e2d\u6253\u5206", "points": "57.6600", "weight": "60.0000", "mark": "96.1000", "count": 11, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "assessors", "title": "\u8bc4\u8bae\u5458", "points": "34.3800", "weight": "60.0000", "mark": "95.5000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "6.9000", "weight": "20.0000", "mark": "95.8333", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "6.9000", "weight": null, "mark": "95.8333", "count": 6, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "6.6000", "weight": "20.0000", "mark": "91.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "6.6000", "weight": null, "mark": "91.6667", "count": 6, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "7.2000", "weight": "20.0000", "mark": "100.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "7.2000", "weight": null, "mark": "100.0000", "count": 6, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "7.2000", "weight": "20.0000", "mark": "100.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "7.2000", "weight": null, "mark": "100.0000", "count": 6, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "6.4800", "weight": "20.0000", "mark": "90.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "6.4800", "weight": null, "mark": "90.0000", "count": 6, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}, {"kind": "group", "code": "service-users", "title": "\u670d\u52a1\u5bf9\u8c61\u4ee3\u8868", "points": "23.2800", "weight": "40.0000", "mark": "97.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "4.8000", "weight": "20.0000", "mark": "100.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "4.8000", "weight": null, "mark": "100.0000", "count": 5, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "4.8000", "weight": "20.0000", "mark": "100.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "4.8000", "weight": null, "mark": "100.0000", "count": 5, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "4.5600", "weight": "20.0000", "mark": "95.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "4.5600", "weight": null, "mark": "95.0000", "count": 5, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "4.3200", "weight": "20.0000", "mark": "90.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "4.3200", "weight": null, "mark": "90.0000", "count": 5, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "4.8000", "weight": "20.0000", "mark": "100.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "4.8000", "weight": null, "mark": "100.0000", "count": 5, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}]}, {"kind": "component", "code": "satisfied", "title": "\u7fa4\u4f17\u6ee1\u610f\u5ea6", "points": "40.0000", "weight": "40.0000", "mark": "100.0000", "count": 16, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "masses", "title": "\u7fa4\u4f17", "points": "24.0000", "weight": "60.0000", "mark": "100.0000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "24.0000", "weight": null, "mark": "100.0000", "count": 8, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}, {"kind": "group", "code": "enterprises", "title": "\u4f01\u4e1a", "points": "16.0000", "weight": "40.0000", "mark": "100.0000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "16.0000", "weight": null, "mark": "100.0000", "count": 8, "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}]}, {"kind": "deduction", "code": "inspected", "title": "\u7763\u67e5\u53d1\u73b0\u903e\u671f\u672a\u6574\u6539", "points": "0.0000", "weight": null, "mark": null, "count": 0, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}]}');
INSERT INTO "score_results" VALUES('d5c0635be1db4ec4a9dcbeaa2ffb32fc','746a29a47269458bb3cf3d5e905b7887','government_functional','78.44',4,5,1,'fair','','[]','{"kind": "total", "code": "appraisal", "title": "\u6c11\u4e3b\u8bc4\u8bae\u653f\u98ce\u884c\u98ce", "points": "78.4400", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "component", "code": "scored", "title": "\u8bc4\u8bae\u5458\u96c6\u4e2d\u6253\u5206", "points": "51.2400", "weight": "60.0000", "mark": "85.4000", "count": 11, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "assessors", "title": "\u8bc4\u8bae\u5458", "points": "32.2800", "weight": "60.0000", "mark": "89.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "6.9000", "weight": "20.0000", "mark": "95.8333", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "6.9000", "weight": null, "mark": "95.8333", "count": 6, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "7.2000", "weight": "20.0000", "mark": "100.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "7.2000", "weight": null, "mark": "100.0000", "count": 6, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "6.6000", "weight": "20.0000", "mark": "91.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "6.6000", "weight": null, "mark": "91.6667", "count": 6, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "4.6800", "weight": "20.0000", "mark": "65.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "4.6800", "weight": null, "mark": "65.0000", "count": 6, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "6.9000", "weight": "20.0000", "mark": "95.8333", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "6.9000", "weight": null, "mark": "95.8333", "count": 6, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}, {"kind": "group", "code": "service-users", "title": "\u670d\u52a1\u5bf9\u8c61\u4ee3\u8868", "points": "18.9600", "weight": "40.0000", "mark": "79.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "3.4080", "weight": "20.0000", "mark": "71.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "3.4080", "weight": null, "mark": "71.0000", "count": 5, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "3.7440", "weight": "20.0000", "mark": "78.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "3.7440", "weight": null, "mark": "78.0000", "count": 5, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "4.3200", "weight": "20.0000", "mark": "90.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "4.3200", "weight": null, "mark": "90.0000", "count": 5, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "3.5040", "weight": "20.0000", "mark": "73.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "3.5040", "weight": null, "mark": "73.0000", "count": 5, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "3.9840", "weight": "20.0000", "mark": "83.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "3.9840", "weight": null, "mark": "83.0000", "count": 5, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}]}, {"kind": "component", "code": "satisfied", "title": "\u7fa4\u4f17\u6ee1\u610f\u5ea6", "points": "27.2000", "weight": "40.0000", "mark": "68.0000", "count": 16, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "masses", "title": "\u7fa4\u4f17", "points": "15.6000", "weight": "60.0000", "mark": "65.0000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "15.6000", "weight": null, "mark": "65.0000", "count": 8, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}, {"kind": "group", "code": "enterprises", "title": "\u4f01\u4e1a", "points": "11.6000", "weight": "40.0000", "mark": "72.5000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "11.6000", "weight": null, "mark": "72.5000", "count": 8, "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}]}, {"kind": "deduction", "code": "inspected", "title": "\u7763\u67e5\u53d1\u73b0\u903e\u671f\u672a\u6574\u6539", "points": "0.0000", "weight": null, "mark": null, "count": 0, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}, {"kind": "rounding", "code": "", "title": "", "points": "0.0000", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}]}');
INSERT INTO "score_results" VALUES('d5c0635be1db4ec4a9dcbeaa2ffb32fc','2eea26e46f624721aa257f5c651c8b87','government_functional','87.16',2,5,3,'satisfied','','[]','{"kind": "total", "code": "appraisal", "title": "\u6c11\u4e3b\u8bc4\u8bae\u653f\u98ce\u884c\u98ce", "points": "87.1600", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "component", "code": "scored", "title": "\u8bc4\u8bae\u5458\u96c6\u4e2d\u6253\u5206", "points": "56.3640", "weight": "60.0000", "mark": "93.9400", "count": 11, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "assessors", "title": "\u8bc4\u8bae\u5458", "points": "34.3800", "weight": "60.0000", "mark": "95.5000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "7.2000", "weight": "20.0000", "mark": "100.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "7.2000", "weight": null, "mark": "100.0000", "count": 6, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "6.9000", "weight": "20.0000", "mark": "95.8333", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "6.9000", "weight": null, "mark": "95.8333", "count": 6, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "7.2000", "weight": "20.0000", "mark": "100.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "7.2000", "weight": null, "mark": "100.0000", "count": 6, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "6.6000", "weight": "20.0000", "mark": "91.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "6.6000", "weight": null, "mark": "91.6667", "count": 6, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "6.4800", "weight": "20.0000", "mark": "90.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "6.4800", "weight": null, "mark": "90.0000", "count": 6, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}, {"kind": "group", "code": "service-users", "title": "\u670d\u52a1\u5bf9\u8c61\u4ee3\u8868", "points": "21.9840", "weight": "40.0000", "mark": "91.6000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "4.8000", "weight": "20.0000", "mark": "100.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "4.8000", "weight": null, "mark": "100.0000", "count": 5, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "4.5600", "weight": "20.0000", "mark": "95.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "4.5600", "weight": null, "mark": "95.0000", "count": 5, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "4.8000", "weight": "20.0000", "mark": "100.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "4.8000", "weight": null, "mark": "100.0000", "count": 5, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "4.5600", "weight": "20.0000", "mark": "95.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "4.5600", "weight": null, "mark": "95.0000", "count": 5, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "3.2640", "weight": "20.0000", "mark": "68.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "3.2640", "weight": null, "mark": "68.0000", "count": 5, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}]}, {"kind": "component", "code": "satisfied", "title": "\u7fa4\u4f17\u6ee1\u610f\u5ea6", "points": "30.8000", "weight": "40.0000", "mark": "77.0000", "count": 16, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "masses", "title": "\u7fa4\u4f17", "points": "20.4000", "weight": "60.0000", "mark": "85.0000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "20.4000", "weight": null, "mark": "85.0000", "count": 8, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}, {"kind": "group", "code": "enterprises", "title": "\u4f01\u4e1a", "points": "10.4000", "weight": "40.0000", "mark": "65.0000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "10.4000", "weight": null, "mark": "65.0000", "count": 8, "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}]}, {"kind": "deduction", "code": "inspected", "title": "\u7763\u67e5\u53d1\u73b0\u903e\u671f\u672a\u6574\u6539", "points": "0.0000", "weight": null, "mark": null, "count": 0, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}, {"kind": "rounding", "code": "", "title": "", "points": "-0.0040", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}]}');
INSERT INTO "score_results" VALUES('d5c0635be1db4ec4a9dcbeaa2ffb32fc','e045ff7c751a437ab4bdb89ae716288b','government_functional','68.38',5,5,0,'qualified','','[]','{"kind": "total", "code": "appraisal", "title": "\u6c11\u4e3b\u8bc4\u8bae\u653f\u98ce\u884c\u98ce", "points": "68.3800", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "component", "code": "scored", "title": "\u8bc4\u8bae\u5458\u96c6\u4e2d\u6253\u5206", "points": "42.5760", "weight": "60.0000", "mark": "70.9600", "count": 11, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "assessors", "title": "\u8bc4\u8bae\u5458", "points": "26.1600", "weight": "60.0000", "mark": "72.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "6.3000", "weight": "20.0000", "mark": "87.5000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "6.3000", "weight": null, "mark": "87.5000", "count": 6, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "5.7000", "weight": "20.0000", "mark": "79.1667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "5.7000", "weight": null, "mark": "79.1667", "count": 6, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "3.6000", "weight": "20.0000", "mark": "50.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "3.6000", "weight": null, "mark": "50.0000", "count": 6, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "6.3000", "weight": "20.0000", "mark": "87.5000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "6.3000", "weight": null, "mark": "87.5000", "count": 6, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "4.2600", "weight": "20.0000", "mark": "59.1667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "4.2600", "weight": null, "mark": "59.1667", "count": 6, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}, {"kind": "group", "code": "service-users", "title": "\u670d\u52a1\u5bf9\u8c61\u4ee3\u8868", "points": "16.4160", "weight": "40.0000", "mark": "68.4000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "3.0240", "weight": "20.0000", "mark": "63.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "3.0240", "weight": null, "mark": "63.0000", "count": 5, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "4.2240", "weight": "20.0000", "mark": "88.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "4.2240", "weight": null, "mark": "88.0000", "count": 5, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "2.7840", "weight": "20.0000", "mark": "58.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "2.7840", "weight": null, "mark": "58.0000", "count": 5, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "2.7840", "weight": "20.0000", "mark": "58.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "2.7840", "weight": null, "mark": "58.0000", "count": 5, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "3.6000", "weight": "20.0000", "mark": "75.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "3.6000", "weight": null, "mark": "75.0000", "count": 5, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}]}, {"kind": "component", "code": "satisfied", "title": "\u7fa4\u4f17\u6ee1\u610f\u5ea6", "points": "25.8000", "weight": "40.0000", "mark": "64.5000", "count": 16, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "masses", "title": "\u7fa4\u4f17", "points": "17.4000", "weight": "60.0000", "mark": "72.5000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "17.4000", "weight": null, "mark": "72.5000", "count": 8, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}, {"kind": "group", "code": "enterprises", "title": "\u4f01\u4e1a", "points": "8.4000", "weight": "40.0000", "mark": "52.5000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "8.4000", "weight": null, "mark": "52.5000", "count": 8, "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}]}, {"kind": "deduction", "code": "inspected", "title": "\u7763\u67e5\u53d1\u73b0\u903e\u671f\u672a\u6574\u6539", "points": "0.0000", "weight": null, "mark": null, "count": 0, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}, {"kind": "rounding", "code": "", "title": "", "points": "0.0040", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}]}');
INSERT INTO "score_results" VALUES('d5c0635be1db4ec4a9dcbeaa2ffb32fc','a21c12fd887b40bfa34b77ffbe978ea5','government_functional','88.07',NULL,5,0,'satisfied','房管部门不参加省评议办统一组织的考核评比和表彰','[]','{"kind": "total", "code": "appraisal", "title": "\u6c11\u4e3b\u8bc4\u8bae\u653f\u98ce\u884c\u98ce", "points": "88.0700", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "component", "code": "scored", "title": "\u8bc4\u8bae\u5458\u96c6\u4e2d\u6253\u5206", "points": "51.6720", "weight": "60.0000", "mark": "86.1200", "count": 11, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "assessors", "title": "\u8bc4\u8bae\u5458", "points": "32.2800", "weight": "60.0000", "mark": "89.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "6.6000", "weight": "20.0000", "mark": "91.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "6.6000", "weight": null, "mark": "91.6667", "count": 6, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "5.4000", "weight": "20.0000", "mark": "75.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "5.4000", "weight": null, "mark": "75.0000", "count": 6, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "6.4800", "weight": "20.0000", "mark": "90.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "6.4800", "weight": null, "mark": "90.0000", "count": 6, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "6.6000", "weight": "20.0000", "mark": "91.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "6.6000", "weight": null, "mark": "91.6667", "count": 6, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "7.2000", "weight": "20.0000", "mark": "100.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "7.2000", "weight": null, "mark": "100.0000", "count": 6, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}, {"kind": "group", "code": "service-users", "title": "\u670d\u52a1\u5bf9\u8c61\u4ee3\u8868", "points": "19.3920", "weight": "40.0000", "mark": "80.8000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "2.7840", "weight": "20.0000", "mark": "58.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "2.7840", "weight": null, "mark": "58.0000", "count": 5, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "4.5600", "weight": "20.0000", "mark": "95.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "4.5600", "weight": null, "mark": "95.0000", "count": 5, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "3.6000", "weight": "20.0000", "mark": "75.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "3.6000", "weight": null, "mark": "75.0000", "count": 5, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "3.6480", "weight": "20.0000", "mark": "76.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "3.6480", "weight": null, "mark": "76.0000", "count": 5, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "4.8000", "weight": "20.0000", "mark": "100.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "4.8000", "weight": null, "mark": "100.0000", "count": 5, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}]}, {"kind": "component", "code": "satisfied", "title": "\u7fa4\u4f17\u6ee1\u610f\u5ea6", "points": "36.4000", "weight": "40.0000", "mark": "91.0000", "count": 16, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "masses", "title": "\u7fa4\u4f17", "points": "22.8000", "weight": "60.0000", "mark": "95.0000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "22.8000", "weight": null, "mark": "95.0000", "count": 8, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}, {"kind": "group", "code": "enterprises", "title": "\u4f01\u4e1a", "points": "13.6000", "weight": "40.0000", "mark": "85.0000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "13.6000", "weight": null, "mark": "85.0000", "count": 8, "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}]}, {"kind": "deduction", "code": "inspected", "title": "\u7763\u67e5\u53d1\u73b0\u903e\u671f\u672a\u6574\u6539", "points": "0.0000", "weight": null, "mark": null, "count": 0, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}, {"kind": "rounding", "code": "", "title": "", "points": "-0.0020", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}]}');
INSERT INTO "score_results" VALUES('d5c0635be1db4ec4a9dcbeaa2ffb32fc','0bc008fdf97e4ac99180087666fa10fd','government_functional','81.20',3,5,2,'fair','','[]','{"kind": "total", "code": "appraisal", "title": "\u6c11\u4e3b\u8bc4\u8bae\u653f\u98ce\u884c\u98ce", "points": "81.2000", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "component", "code": "scored", "title": "\u8bc4\u8bae\u5458\u96c6\u4e2d\u6253\u5206", "points": "54.2040", "weight": "60.0000", "mark": "90.3400", "count": 11, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "assessors", "title": "\u8bc4\u8bae\u5458", "points": "32.4600", "weight": "60.0000", "mark": "90.1667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "6.0000", "weight": "20.0000", "mark": "83.3333", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "6.0000", "weight": null, "mark": "83.3333", "count": 6, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "6.9000", "weight": "20.0000", "mark": "95.8333", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "6.9000", "weight": null, "mark": "95.8333", "count": 6, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "6.6000", "weight": "20.0000", "mark": "91.6667", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "6.6000", "weight": null, "mark": "91.6667", "count": 6, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "6.4800", "weight": "20.0000", "mark": "90.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "6.4800", "weight": null, "mark": "90.0000", "count": 6, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "6.4800", "weight": "20.0000", "mark": "90.0000", "count": 6, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "6.4800", "weight": null, "mark": "90.0000", "count": 6, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}, {"kind": "group", "code": "service-users", "title": "\u670d\u52a1\u5bf9\u8c61\u4ee3\u8868", "points": "21.7440", "weight": "40.0000", "mark": "90.6000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "item", "code": "law", "title": "\u4f9d\u6cd5\u884c\u653f", "points": "4.8000", "weight": "20.0000", "mark": "100.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "law", "title": "", "points": "4.8000", "weight": null, "mark": "100.0000", "count": 5, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "openness", "title": "\u653f\u52a1\u516c\u5f00", "points": "4.5600", "weight": "20.0000", "mark": "95.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "openness", "title": "", "points": "4.5600", "weight": null, "mark": "95.0000", "count": 5, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "approval", "title": "\u884c\u653f\u5ba1\u6279", "points": "4.8000", "weight": "20.0000", "mark": "100.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "approval", "title": "", "points": "4.8000", "weight": null, "mark": "100.0000", "count": 5, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "service", "title": "\u4e3a\u6c11\u670d\u52a1", "points": "3.9840", "weight": "20.0000", "mark": "83.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "service", "title": "", "points": "3.9840", "weight": null, "mark": "83.0000", "count": 5, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}, {"kind": "item", "code": "efficiency", "title": "\u529e\u4e8b\u6548\u7387", "points": "3.6000", "weight": "20.0000", "mark": "75.0000", "count": 5, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "efficiency", "title": "", "points": "3.6000", "weight": null, "mark": "75.0000", "count": 5, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a", "note": "", "children": []}]}]}]}, {"kind": "component", "code": "satisfied", "title": "\u7fa4\u4f17\u6ee1\u610f\u5ea6", "points": "27.0000", "weight": "40.0000", "mark": "67.5000", "count": 16, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "group", "code": "masses", "title": "\u7fa4\u4f17", "points": "17.4000", "weight": "60.0000", "mark": "72.5000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "17.4000", "weight": null, "mark": "72.5000", "count": 8, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}, {"kind": "group", "code": "enterprises", "title": "\u4f01\u4e1a", "points": "9.6000", "weight": "40.0000", "mark": "60.0000", "count": 8, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": [{"kind": "figure", "code": "overall", "title": "", "points": "9.6000", "weight": null, "mark": "60.0000", "count": 8, "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "note": "", "children": []}]}]}, {"kind": "deduction", "code": "inspected", "title": "\u7763\u67e5\u53d1\u73b0\u903e\u671f\u672a\u6574\u6539", "points": "0.0000", "weight": null, "mark": null, "count": 0, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}, {"kind": "rounding", "code": "", "title": "", "points": "-0.0040", "weight": null, "mark": null, "count": null, "unit_id": null, "object_kind": "", "object_id": null, "note": "", "children": []}]}');
CREATE TABLE score_runs (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	rulebook_version_id CHAR(32) NOT NULL, 
	scheme VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	since DATE NOT NULL, 
	until DATE NOT NULL, 
	state VARCHAR NOT NULL, 
	figures JSON NOT NULL, 
	figures_sha256 VARCHAR NOT NULL, 
	computed_by CHAR(32) NOT NULL, 
	computed_at DATETIME NOT NULL, 
	decided_by CHAR(32), 
	decided_at DATETIME, 
	decision_note VARCHAR NOT NULL, 
	published_by CHAR(32), 
	published_at DATETIME, 
	corrects_id CHAR(32), 
	reason VARCHAR NOT NULL, 
	CONSTRAINT pk_score_runs PRIMARY KEY (id), 
	CONSTRAINT ck_score_runs_decided CHECK ((state = 'draft') = (decided_by IS NULL)), 
	CONSTRAINT ck_score_runs_published CHECK ((state = 'published') = (published_at IS NOT NULL)), 
	CONSTRAINT ck_score_runs_state CHECK (state IN ('draft', 'rejected', 'signed', 'published')), 
	CONSTRAINT ck_score_runs_corrected_with_reason CHECK ((corrects_id IS NULL) = (length(trim(reason)) = 0)), 
	CONSTRAINT ck_score_runs_second_person CHECK (decided_by IS NULL OR decided_by <> computed_by), 
	CONSTRAINT ck_score_runs_days CHECK (since <= until), 
	CONSTRAINT fk_score_runs_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_score_runs_computed_by_users FOREIGN KEY(computed_by) REFERENCES users (id), 
	CONSTRAINT fk_score_runs_corrects_id_score_runs FOREIGN KEY(corrects_id) REFERENCES score_runs (id), 
	CONSTRAINT fk_score_runs_decided_by_users FOREIGN KEY(decided_by) REFERENCES users (id), 
	CONSTRAINT fk_score_runs_published_by_users FOREIGN KEY(published_by) REFERENCES users (id), 
	CONSTRAINT fk_score_runs_rulebook_version_id_rulebook_versions FOREIGN KEY(rulebook_version_id) REFERENCES rulebook_versions (id)
);
INSERT INTO "score_runs" VALUES('b20d1262b2004dfab301270044c293f5','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','appraisal','第一次民主评议','2026-10-04','2026-11-14','published','[{"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "survey", "group": "", "item": "dissatisfied", "value": "18.75", "count": 16, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "survey", "group": "", "item": "dissatisfied", "value": "12.5", "count": 16, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "survey", "group": "", "item": "dissatisfied", "value": "0.0", "count": 16, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "survey", "group": "", "item": "dissatisfied", "value": "18.75", "count": 16, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "survey", "group": "", "item": "dissatisfied", "value": "0.0", "count": 16, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "survey", "group": "", "item": "dissatisfied", "value": "25.0", "count": 16, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "service-users", "item": "approval", "value": "100.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "service-users", "item": "approval", "value": "100.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "service-users", "item": "approval", "value": "95.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "service-users", "item": "approval", "value": "90.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "service-users", "item": "approval", "value": "75.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "service-users", "item": "approval", "value": "58.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "service-users", "item": "efficiency", "value": "75.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "service-users", "item": "efficiency", "value": "68.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "service-users", "item": "efficiency", "value": "100.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "service-users", "item": "efficiency", "value": "83.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "service-users", "item": "efficiency", "value": "100.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "service-users", "item": "efficiency", "value": "75.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "service-users", "item": "law", "value": "100.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "service-users", "item": "law", "value": "100.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "service-users", "item": "law", "value": "100.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "service-users", "item": "law", "value": "71.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "service-users", "item": "law", "value": "58.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "service-users", "item": "law", "value": "63.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "service-users", "item": "openness", "value": "95.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "service-users", "item": "openness", "value": "95.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "service-users", "item": "openness", "value": "100.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "service-users", "item": "openness", "value": "78.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "service-users", "item": "openness", "value": "95.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "service-users", "item": "openness", "value": "88.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "service-users", "item": "service", "value": "83.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "service-users", "item": "service", "value": "95.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "service-users", "item": "service", "value": "90.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "service-users", "item": "service", "value": "73.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "service-users", "item": "service", "value": "76.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "service-users", "item": "service", "value": "58.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "assessors", "item": "approval", "value": "91.66666666666667", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "assessors", "item": "approval", "value": "100.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "assessors", "item": "approval", "value": "100.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "assessors", "item": "approval", "value": "91.66666666666667", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "assessors", "item": "approval", "value": "90.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "assessors", "item": "approval", "value": "50.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "assessors", "item": "efficiency", "value": "90.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "assessors", "item": "efficiency", "value": "90.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "assessors", "item": "efficiency", "value": "90.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "assessors", "item": "efficiency", "value": "95.83333333333333", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "assessors", "item": "efficiency", "value": "100.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "assessors", "item": "efficiency", "value": "59.166666666666664", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "assessors", "item": "law", "value": "83.33333333333333", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "assessors", "item": "law", "value": "100.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "assessors", "item": "law", "value": "95.83333333333333", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "assessors", "item": "law", "value": "95.83333333333333", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "assessors", "item": "law", "value": "91.66666666666667", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "assessors", "item": "law", "value": "87.5", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "assessors", "item": "openness", "value": "95.83333333333333", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "assessors", "item": "openness", "value": "95.83333333333333", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "assessors", "item": "openness", "value": "91.66666666666667", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "assessors", "item": "openness", "value": "100.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "assessors", "item": "openness", "value": "75.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "assessors", "item": "openness", "value": "79.16666666666667", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "assessors", "item": "service", "value": "90.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "assessors", "item": "service", "value": "91.66666666666667", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "assessors", "item": "service", "value": "100.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "assessors", "item": "service", "value": "65.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "assessors", "item": "service", "value": "91.66666666666667", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "assessors", "item": "service", "value": "87.5", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "survey", "group": "enterprises", "item": "overall", "value": "60.0", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "survey", "group": "enterprises", "item": "overall", "value": "65.0", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "survey", "group": "enterprises", "item": "overall", "value": "100.0", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "survey", "group": "enterprises", "item": "overall", "value": "72.5", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "survey", "group": "enterprises", "item": "overall", "value": "85.0", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "survey", "group": "enterprises", "item": "overall", "value": "52.5", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "survey", "group": "masses", "item": "overall", "value": "72.5", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "survey", "group": "masses", "item": "overall", "value": "85.0", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "survey", "group": "masses", "item": "overall", "value": "100.0", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "survey", "group": "masses", "item": "overall", "value": "65.0", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "survey", "group": "masses", "item": "overall", "value": "95.0", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "survey", "group": "masses", "item": "overall", "value": "72.5", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}]','f4b15701d68a44fb7021bae611e42e9f3b66a3f2c6f5f191b45631112b0e0afa','bbd25f58f7644374a72bd5cf0dca7891','2026-11-13 23:44:01.444000','e86b8dcef421485a96942f813d1fae22','2026-11-15 23:44:01.444000','联席会议审定','bbd25f58f7644374a72bd5cf0dca7891','2026-11-15 23:44:01.444000',NULL,'');
INSERT INTO "score_runs" VALUES('d5c0635be1db4ec4a9dcbeaa2ffb32fc','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','appraisal','整改后复评（草稿）','2026-10-04','2026-11-22','draft','[{"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "visit", "group": "case", "item": "opened", "value": "1.0", "count": 1, "object_kind": "case", "object_id": "e235c73d-c018-49b2-b107-d18255230d89"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "survey", "group": "", "item": "dissatisfied", "value": "18.75", "count": 16, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "survey", "group": "", "item": "dissatisfied", "value": "12.5", "count": 16, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "survey", "group": "", "item": "dissatisfied", "value": "0.0", "count": 16, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "survey", "group": "", "item": "dissatisfied", "value": "18.75", "count": 16, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "survey", "group": "", "item": "dissatisfied", "value": "0.0", "count": 16, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "survey", "group": "", "item": "dissatisfied", "value": "25.0", "count": 16, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "service-users", "item": "approval", "value": "100.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "service-users", "item": "approval", "value": "100.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "service-users", "item": "approval", "value": "95.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "service-users", "item": "approval", "value": "90.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "service-users", "item": "approval", "value": "75.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "service-users", "item": "approval", "value": "58.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "service-users", "item": "efficiency", "value": "75.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "service-users", "item": "efficiency", "value": "68.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "service-users", "item": "efficiency", "value": "100.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "service-users", "item": "efficiency", "value": "83.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "service-users", "item": "efficiency", "value": "100.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "service-users", "item": "efficiency", "value": "75.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "service-users", "item": "law", "value": "100.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "service-users", "item": "law", "value": "100.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "service-users", "item": "law", "value": "100.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "service-users", "item": "law", "value": "71.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "service-users", "item": "law", "value": "58.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "service-users", "item": "law", "value": "63.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "service-users", "item": "openness", "value": "95.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "service-users", "item": "openness", "value": "95.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "service-users", "item": "openness", "value": "100.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "service-users", "item": "openness", "value": "78.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "service-users", "item": "openness", "value": "95.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "service-users", "item": "openness", "value": "88.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "service-users", "item": "service", "value": "83.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "service-users", "item": "service", "value": "95.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "service-users", "item": "service", "value": "90.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "service-users", "item": "service", "value": "73.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "service-users", "item": "service", "value": "76.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "service-users", "item": "service", "value": "58.0", "count": 5, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "assessors", "item": "approval", "value": "91.66666666666667", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "assessors", "item": "approval", "value": "100.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "assessors", "item": "approval", "value": "100.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "assessors", "item": "approval", "value": "91.66666666666667", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "assessors", "item": "approval", "value": "90.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "assessors", "item": "approval", "value": "50.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "assessors", "item": "efficiency", "value": "90.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "assessors", "item": "efficiency", "value": "90.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "assessors", "item": "efficiency", "value": "90.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "assessors", "item": "efficiency", "value": "95.83333333333333", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "assessors", "item": "efficiency", "value": "100.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "assessors", "item": "efficiency", "value": "59.166666666666664", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "assessors", "item": "law", "value": "83.33333333333333", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "assessors", "item": "law", "value": "100.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "assessors", "item": "law", "value": "95.83333333333333", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "assessors", "item": "law", "value": "95.83333333333333", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "assessors", "item": "law", "value": "91.66666666666667", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "assessors", "item": "law", "value": "87.5", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "assessors", "item": "openness", "value": "95.83333333333333", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "assessors", "item": "openness", "value": "95.83333333333333", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "assessors", "item": "openness", "value": "91.66666666666667", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "assessors", "item": "openness", "value": "100.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "assessors", "item": "openness", "value": "75.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "assessors", "item": "openness", "value": "79.16666666666667", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "ballot", "group": "assessors", "item": "service", "value": "90.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "ballot", "group": "assessors", "item": "service", "value": "91.66666666666667", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "ballot", "group": "assessors", "item": "service", "value": "100.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "ballot", "group": "assessors", "item": "service", "value": "65.0", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "ballot", "group": "assessors", "item": "service", "value": "91.66666666666667", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "ballot", "group": "assessors", "item": "service", "value": "87.5", "count": 6, "object_kind": "ballot_box", "object_id": "9d65f82a-710e-48d0-b64b-37d1e047fb6a"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "survey", "group": "enterprises", "item": "overall", "value": "60.0", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "survey", "group": "enterprises", "item": "overall", "value": "65.0", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "survey", "group": "enterprises", "item": "overall", "value": "100.0", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "survey", "group": "enterprises", "item": "overall", "value": "72.5", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "survey", "group": "enterprises", "item": "overall", "value": "85.0", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "survey", "group": "enterprises", "item": "overall", "value": "52.5", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "unit_id": "0bc008fd-f97e-4ac9-9180-087666fa10fd", "source": "survey", "group": "masses", "item": "overall", "value": "72.5", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "unit_id": "2eea26e4-6f62-4721-aa25-7f5c651c8b87", "source": "survey", "group": "masses", "item": "overall", "value": "85.0", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "unit_id": "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "source": "survey", "group": "masses", "item": "overall", "value": "100.0", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "746a29a4-7269-458b-b3cf-3d5e905b7887", "unit_id": "746a29a4-7269-458b-b3cf-3d5e905b7887", "source": "survey", "group": "masses", "item": "overall", "value": "65.0", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "unit_id": "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "source": "survey", "group": "masses", "item": "overall", "value": "95.0", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}, {"scored": "e045ff7c-751a-437a-b4bd-b89ae716288b", "unit_id": "e045ff7c-751a-437a-b4bd-b89ae716288b", "source": "survey", "group": "masses", "item": "overall", "value": "72.5", "count": 8, "object_kind": "survey_round", "object_id": "101c1836-55cf-4472-8d7f-9533c5cc15a6"}]','f87bec07e078107dd3c4f7e239a54e7e8dc5c09850e99a6ffa230b07e5423924','bbd25f58f7644374a72bd5cf0dca7891','2026-11-22 23:44:01.444000',NULL,NULL,'',NULL,NULL,NULL,'');
CREATE TABLE sealed_persons (
	inspector_id CHAR(32) NOT NULL, 
	box VARCHAR NOT NULL, 
	sealed_by CHAR(32), 
	sealed_at DATETIME NOT NULL, 
	CONSTRAINT pk_sealed_persons PRIMARY KEY (inspector_id), 
	CONSTRAINT fk_sealed_persons_inspector_id_inspectors FOREIGN KEY(inspector_id) REFERENCES inspectors (id), 
	CONSTRAINT fk_sealed_persons_sealed_by_users FOREIGN KEY(sealed_by) REFERENCES users (id)
);
CREATE TABLE sign_in_failures (
	id CHAR(32) NOT NULL, 
	subject_sha256 VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_sign_in_failures PRIMARY KEY (id)
);
CREATE TABLE sign_in_places (
	subject_sha256 VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_sign_in_places PRIMARY KEY (subject_sha256)
);
INSERT INTO "sign_in_places" VALUES('0705f2b044e802160b9aa53e43bd1276eeb502235467fb000a2dde25f4bbdaa4','2026-11-12 23:44:01.444000');
INSERT INTO "sign_in_places" VALUES('51d9ea643faa9b157c9f1ea9cc81b0df7a7b2d1e1ac28aa3353960e3e762a800','2026-11-12 23:44:01.444000');
INSERT INTO "sign_in_places" VALUES('6cb9abdff5f1fe875fd8003702930127b5b6bc1112563b1b0db740be3a46b7c5','2026-11-12 23:44:01.444000');
CREATE TABLE sites (
	id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	name VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	lat_e7 INTEGER, 
	lon_e7 INTEGER, 
	radius_m INTEGER, 
	capture VARCHAR NOT NULL, 
	active BOOLEAN NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_sites PRIMARY KEY (id), 
	CONSTRAINT ck_sites_position_complete CHECK ((lat_e7 IS NULL) = (lon_e7 IS NULL) AND (lat_e7 IS NULL) = (radius_m IS NULL)), 
	CONSTRAINT fk_sites_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id)
);
INSERT INTO "sites" VALUES('714c4a681b82413f9cfdb68834c2ab9e','302b72397a984b77bffefe5cf9b8e7e6','全市巡游出租汽车（乘车体验）','taxi',NULL,NULL,NULL,'allowed',1,1);
INSERT INTO "sites" VALUES('b8cb010ad45340a5a0101d2109f0e707','eeb9574fdcdf41a592fddefaf9727ff0','示范路行政服务大厅','window',297012000,1159903000,120,'allowed',1,1);
INSERT INTO "sites" VALUES('73e973f7d52f4ac994740d63a30d3f23','5721a2b6dc6e493f980d65c36dc76703','示范路办税服务厅','window',297031000,1159928000,100,'allowed',1,1);
INSERT INTO "sites" VALUES('e72ae5f4390d44168f5ea136aa8b9f3d','17c6600d70974736b64c3637ccc11f6c','示范南路户政服务厅','window',296987000,1159875000,100,'allowed',1,1);
INSERT INTO "sites" VALUES('019eb63c3fb049aab5723092f4d57c2b','f542fb42453a4e57a7494343cda5f755','甲市交通运输局办公楼','office',297048000,1159861000,150,'allowed',1,1);
INSERT INTO "sites" VALUES('b894da0ce3bc42a792eeba727f150fd1','6b816ee993d1443a84824bb66c07eb68','甲市城市管理局办公楼','office',296969000,1159937000,150,'allowed',1,1);
INSERT INTO "sites" VALUES('c9043047e5bf43f3b6ebde5a8da9095a','9e2939908ba047e7956afb25ca34b25b','甲市环境卫生管理所','office',296951000,1159916000,120,'allowed',1,1);
INSERT INTO "sites" VALUES('37f582be96494f568914fd7752daadfc','9e2939908ba047e7956afb25ca34b25b','示范农贸市场周边','market',297020000,1159889000,200,'allowed',1,1);
INSERT INTO "sites" VALUES('8a7e1764981d4b26baf1c4bb5d8d97d5','9e2939908ba047e7956afb25ca34b25b','环卫工人宿舍','dormitory',296953000,1159921000,60,'forbidden',1,1);
CREATE TABLE supervision_cards (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	rulebook_version_id CHAR(32) NOT NULL, 
	matter_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	colour VARCHAR NOT NULL, 
	points INTEGER NOT NULL, 
	step VARCHAR NOT NULL, 
	department VARCHAR NOT NULL, 
	handler VARCHAR NOT NULL, 
	dealt_at DATETIME NOT NULL, 
	case_id CHAR(32), 
	withdrawn_at DATETIME, 
	withdrawn_reason VARCHAR, 
	withdrawn_by CHAR(32), 
	CONSTRAINT pk_supervision_cards PRIMARY KEY (id), 
	CONSTRAINT ck_supervision_cards_colour CHECK (colour IN ('blue', 'yellow', 'red')), 
	CONSTRAINT ck_supervision_cards_withdrawn_with_reason CHECK ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL)), 
	CONSTRAINT fk_supervision_cards_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_supervision_cards_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_supervision_cards_matter_id_approval_matters FOREIGN KEY(matter_id) REFERENCES approval_matters (id), 
	CONSTRAINT fk_supervision_cards_rulebook_version_id_rulebook_versions FOREIGN KEY(rulebook_version_id) REFERENCES rulebook_versions (id), 
	CONSTRAINT fk_supervision_cards_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT fk_supervision_cards_withdrawn_by_users FOREIGN KEY(withdrawn_by) REFERENCES users (id), 
	CONSTRAINT uq_supervision_cards_matter_id_colour UNIQUE (matter_id, colour)
);
INSERT INTO "supervision_cards" VALUES('8869eda547b74532bdc30b77138ac9d2','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','9e34a1ed8b2244989925bb630a394fff','f542fb42453a4e57a7494343cda5f755','yellow',5,'审核','','审核岗','2026-10-25 23:44:01.444000',NULL,NULL,NULL,NULL);
INSERT INTO "supervision_cards" VALUES('b169e24ca91a44e8833c60c61f2f6e3c','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','9e34a1ed8b2244989925bb630a394fff','f542fb42453a4e57a7494343cda5f755','red',10,'审核','','审核岗','2026-11-01 23:44:01.444000','0de052cd4aab44fcaaeb7ab7566475e0',NULL,NULL,NULL);
INSERT INTO "supervision_cards" VALUES('2fa38000581f434e8a33d1cd28e2e3e4','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','a0e20172dd46482ebd9357a5b34390b3','4bf49f563a964b3e8ece13c3eb824880','blue',1,'会审','','会审岗','2026-11-08 23:44:01.444000',NULL,NULL,NULL,NULL);
INSERT INTO "supervision_cards" VALUES('b9ff15f99a0148a6a73dbe79467e1c2b','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','a0e20172dd46482ebd9357a5b34390b3','4bf49f563a964b3e8ece13c3eb824880','yellow',5,'会审','','会审岗','2026-11-15 23:44:01.444000',NULL,NULL,NULL,NULL);
INSERT INTO "supervision_cards" VALUES('b65c1093505543e2a53e7894e14969ef','7b68badc8e00439581cb4adc45abe517','47dddaf42f4f4ac2beb2cd1f49bb09bd','524ce3e777184bb5933f28cc9d267c9d','4bf49f563a964b3e8ece13c3eb824880','blue',1,'受理','','受理岗','2026-11-22 23:44:01.444000',NULL,NULL,NULL,NULL);
CREATE TABLE supervisor_mandates (
	id CHAR(32) NOT NULL, 
	inspector_id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	capacity VARCHAR NOT NULL, 
	from_day DATE NOT NULL, 
	to_day DATE NOT NULL, 
	given_by CHAR(32) NOT NULL, 
	given_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	end_reason VARCHAR, 
	CONSTRAINT pk_supervisor_mandates PRIMARY KEY (id), 
	CONSTRAINT ck_supervisor_mandates_ended_with_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL)), 
	CONSTRAINT ck_supervisor_mandates_days CHECK (to_day >= from_day), 
	CONSTRAINT fk_supervisor_mandates_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_supervisor_mandates_given_by_users FOREIGN KEY(given_by) REFERENCES users (id), 
	CONSTRAINT fk_supervisor_mandates_inspector_id_inspectors FOREIGN KEY(inspector_id) REFERENCES inspectors (id), 
	CONSTRAINT uq_supervisor_mandates_inspector_id_campaign_id UNIQUE (inspector_id, campaign_id)
);
CREATE TABLE survey_answers (
	id CHAR(32) NOT NULL, 
	round_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	"group" VARCHAR NOT NULL, 
	marks JSON NOT NULL, 
	CONSTRAINT pk_survey_answers PRIMARY KEY (id), 
	CONSTRAINT fk_survey_answers_round_id_survey_rounds FOREIGN KEY(round_id) REFERENCES survey_rounds (id), 
	CONSTRAINT fk_survey_answers_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id)
)
 WITHOUT ROWID

;
INSERT INTO "survey_answers" VALUES('005dfaa7910648daaedb951601a03354','1c9e1465986e4bfe926677acbf7b9d10','e045ff7c751a437ab4bdb89ae716288b','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('005ed38e510d4e3b98f5d44dffb6933b','1c9e1465986e4bfe926677acbf7b9d10','0bc008fdf97e4ac99180087666fa10fd','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('012027712292444e881393dbf69b26a4','101c183655cf44728d7f9533c5cc15a6','a21c12fd887b40bfa34b77ffbe978ea5','masses','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('01ddde66c20e4b0198d5b2cf1a42f359','1c9e1465986e4bfe926677acbf7b9d10','a21c12fd887b40bfa34b77ffbe978ea5','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('01e2c42a698e4c98a3b1bc6af5eb2817','1c9e1465986e4bfe926677acbf7b9d10','e045ff7c751a437ab4bdb89ae716288b','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('0375d030b4974bd2b77e1fbe9fb1aa2b','101c183655cf44728d7f9533c5cc15a6','a21c12fd887b40bfa34b77ffbe978ea5','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('06e7379470f94a6887891dbbf6659189','1c9e1465986e4bfe926677acbf7b9d10','a21c12fd887b40bfa34b77ffbe978ea5','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('08bf59c5f958463d831844708797d0dd','101c183655cf44728d7f9533c5cc15a6','746a29a47269458bb3cf3d5e905b7887','masses','{"overall": "dissatisfied"}');
INSERT INTO "survey_answers" VALUES('0c0aa31be6074454be260b8cbee517b2','101c183655cf44728d7f9533c5cc15a6','e045ff7c751a437ab4bdb89ae716288b','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('0c628c061434464b8aa1d3089a3744f7','1c9e1465986e4bfe926677acbf7b9d10','a21c12fd887b40bfa34b77ffbe978ea5','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('0e965b02603349f8aa9ddfb3a10cc152','101c183655cf44728d7f9533c5cc15a6','0bc008fdf97e4ac99180087666fa10fd','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('10b3b0917cae420a85efb2b3f8e2f647','101c183655cf44728d7f9533c5cc15a6','a21c12fd887b40bfa34b77ffbe978ea5','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('10be76882fa94d2594036e70966d308e','101c183655cf44728d7f9533c5cc15a6','2eea26e46f624721aa257f5c651c8b87','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('13070e30ca524756bae5300163f624be','101c183655cf44728d7f9533c5cc15a6','6390e8fe99a44bc3ac08f79c036659a9','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('14d95d856bad413dbe504368542a488d','1c9e1465986e4bfe926677acbf7b9d10','0bc008fdf97e4ac99180087666fa10fd','enterprises','{"overall": "dissatisfied"}');
INSERT INTO "survey_answers" VALUES('14e76845aa354624917e1bef833cf3c5','1c9e1465986e4bfe926677acbf7b9d10','e045ff7c751a437ab4bdb89ae716288b','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('1860331261de484faaab49e955edc0fb','101c183655cf44728d7f9533c5cc15a6','0bc008fdf97e4ac99180087666fa10fd','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('18f1bb827f39477f938f7900d3e7b197','101c183655cf44728d7f9533c5cc15a6','746a29a47269458bb3cf3d5e905b7887','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('21484311fc3948ceb36d8c7bf3c47caa','101c183655cf44728d7f9533c5cc15a6','2eea26e46f624721aa257f5c651c8b87','masses','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('227e01f89b5c4787bc7443ef33f507fe','101c183655cf44728d7f9533c5cc15a6','0bc008fdf97e4ac99180087666fa10fd','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('242c4bfd7fd6442aa075d3dc59eb3f4a','101c183655cf44728d7f9533c5cc15a6','2eea26e46f624721aa257f5c651c8b87','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('2445f29f4a354614833f36d03dab91ee','101c183655cf44728d7f9533c5cc15a6','2eea26e46f624721aa257f5c651c8b87','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('24a86cf24f2341588e2ff9c939522100','101c183655cf44728d7f9533c5cc15a6','6390e8fe99a44bc3ac08f79c036659a9','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('24e2e520ec2a4bf893476b0616d85784','101c183655cf44728d7f9533c5cc15a6','0bc008fdf97e4ac99180087666fa10fd','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('251a508cfb494d17acfc799833674c47','1c9e1465986e4bfe926677acbf7b9d10','746a29a47269458bb3cf3d5e905b7887','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('260ec711efc345969706cdfcf182e819','1c9e1465986e4bfe926677acbf7b9d10','e045ff7c751a437ab4bdb89ae716288b','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('26fe5cfd7771409b912c4b11fbd07c48','101c183655cf44728d7f9533c5cc15a6','6390e8fe99a44bc3ac08f79c036659a9','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('2a0e88f7274b473c91f3475c097b4a7f','101c183655cf44728d7f9533c5cc15a6','6390e8fe99a44bc3ac08f79c036659a9','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('2ccb0ddb5af74ba5a5b03581a9b22058','1c9e1465986e4bfe926677acbf7b9d10','e045ff7c751a437ab4bdb89ae716288b','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('3133896a0ab34050b034c88e4b471ab5','1c9e1465986e4bfe926677acbf7b9d10','0bc008fdf97e4ac99180087666fa10fd','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('33b917eafa15435fb1e515f80fd5e836','1c9e1465986e4bfe926677acbf7b9d10','746a29a47269458bb3cf3d5e905b7887','masses','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('343df2b42b4f4eb5b061179c60502de5','101c183655cf44728d7f9533c5cc15a6','e045ff7c751a437ab4bdb89ae716288b','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('34ad2f17a2df4d4a9ac50f4df9df6e91','101c183655cf44728d7f9533c5cc15a6','0bc008fdf97e4ac99180087666fa10fd','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('35d54c5b84894a819f1e730daaaf4c5c','101c183655cf44728d7f9533c5cc15a6','6390e8fe99a44bc3ac08f79c036659a9','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('35d58b273d244e40a9e7fee839251713','1c9e1465986e4bfe926677acbf7b9d10','2eea26e46f624721aa257f5c651c8b87','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('37a8f13e95d54f58b29f6de8db4e074c','101c183655cf44728d7f9533c5cc15a6','e045ff7c751a437ab4bdb89ae716288b','enterprises','{"overall": "dissatisfied"}');
INSERT INTO "survey_answers" VALUES('38a15e9d1055433d9a351c84e86231a6','101c183655cf44728d7f9533c5cc15a6','0bc008fdf97e4ac99180087666fa10fd','enterprises','{"overall": "dissatisfied"}');
INSERT INTO "survey_answers" VALUES('3916446763fb4cb88f27d9c0c7c134b7','1c9e1465986e4bfe926677acbf7b9d10','2eea26e46f624721aa257f5c651c8b87','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('3a8ceed551f544dcb1ec187d002f2462','101c183655cf44728d7f9533c5cc15a6','a21c12fd887b40bfa34b77ffbe978ea5','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('3ad7f28a27884803b468e492c71084ba','101c183655cf44728d7f9533c5cc15a6','e045ff7c751a437ab4bdb89ae716288b','masses','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('3d1cd9fab3e448a598ce56b48cf4f78e','101c183655cf44728d7f9533c5cc15a6','a21c12fd887b40bfa34b77ffbe978ea5','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('426769225b7644b39f44c0393fd64b5e','1c9e1465986e4bfe926677acbf7b9d10','a21c12fd887b40bfa34b77ffbe978ea5','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('42955a12a59d416d97aef0c067fee90d','101c183655cf44728d7f9533c5cc15a6','e045ff7c751a437ab4bdb89ae716288b','enterprises','{"overall": "dissatisfied"}');
INSERT INTO "survey_answers" VALUES('441283123fcb43c6ac6942e980e8230e','101c183655cf44728d7f9533c5cc15a6','746a29a47269458bb3cf3d5e905b7887','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('48389c42ba0d4e99984c243706722b68','1c9e1465986e4bfe926677acbf7b9d10','2eea26e46f624721aa257f5c651c8b87','masses','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('4a4dde4abb2d4f29a06c648963d23ff9','101c183655cf44728d7f9533c5cc15a6','e045ff7c751a437ab4bdb89ae716288b','masses','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('4adb8a09b31243bf915352b0913f0c48','101c183655cf44728d7f9533c5cc15a6','a21c12fd887b40bfa34b77ffbe978ea5','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('4aebf15d226d45738915d98d3d3f49a5','1c9e1465986e4bfe926677acbf7b9d10','a21c12fd887b40bfa34b77ffbe978ea5','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('4b8014d5496044b48244ebe149eadb2e','101c183655cf44728d7f9533c5cc15a6','e045ff7c751a437ab4bdb89ae716288b','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('4b96c2073cd04d4f98fbd547c7678165','101c183655cf44728d7f9533c5cc15a6','e045ff7c751a437ab4bdb89ae716288b','masses','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('4d5fef0695724e08ac38bc283e6d1ce3','101c183655cf44728d7f9533c5cc15a6','a21c12fd887b40bfa34b77ffbe978ea5','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('4dda523df6c04e08983ff86da85a0921','101c183655cf44728d7f9533c5cc15a6','0bc008fdf97e4ac99180087666fa10fd','masses','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('512e572fe2dd42d88462b637e511b952','101c183655cf44728d7f9533c5cc15a6','746a29a47269458bb3cf3d5e905b7887','masses','{"overall": "dissatisfied"}');
INSERT INTO "survey_answers" VALUES('532fe576bafa4efdbc780dadc29adb93','101c183655cf44728d7f9533c5cc15a6','a21c12fd887b40bfa34b77ffbe978ea5','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('53e5bc684cb249b28d9c4430b88a37ae','1c9e1465986e4bfe926677acbf7b9d10','a21c12fd887b40bfa34b77ffbe978ea5','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('55a308773cf34080bc51a4b9cf43c9de','101c183655cf44728d7f9533c5cc15a6','6390e8fe99a44bc3ac08f79c036659a9','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('55ca549ff28543e9bcc5a6f60c3d32f3','101c183655cf44728d7f9533c5cc15a6','746a29a47269458bb3cf3d5e905b7887','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('57050b17ce19453b823074d14a36bf33','101c183655cf44728d7f9533c5cc15a6','746a29a47269458bb3cf3d5e905b7887','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('5abf050f7cd74477963d29acad2b3b3f','101c183655cf44728d7f9533c5cc15a6','a21c12fd887b40bfa34b77ffbe978ea5','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('5b72d393e35d4632b91a4be55d35aad4','1c9e1465986e4bfe926677acbf7b9d10','0bc008fdf97e4ac99180087666fa10fd','enterprises','{"overall": "dissatisfied"}');
INSERT INTO "survey_answers" VALUES('5ea38ab041434776ad0450f2179ce9ef','1c9e1465986e4bfe926677acbf7b9d10','6390e8fe99a44bc3ac08f79c036659a9','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('61e1f725b944454da2d3a1b94be69ef6','101c183655cf44728d7f9533c5cc15a6','0bc008fdf97e4ac99180087666fa10fd','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('62250a8668834090b7851adcddcde846','101c183655cf44728d7f9533c5cc15a6','6390e8fe99a44bc3ac08f79c036659a9','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('623fb55b20164fafb306ce31c7b3848e','1c9e1465986e4bfe926677acbf7b9d10','a21c12fd887b40bfa34b77ffbe978ea5','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('62cb8e0b3f424bdf8cdd958db0cee56c','1c9e1465986e4bfe926677acbf7b9d10','6390e8fe99a44bc3ac08f79c036659a9','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('62d7976f1bf149b687b0ecb7a130c873','101c183655cf44728d7f9533c5cc15a6','e045ff7c751a437ab4bdb89ae716288b','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('6425fa04c2874e11a00818f0a0def441','101c183655cf44728d7f9533c5cc15a6','0bc008fdf97e4ac99180087666fa10fd','masses','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('64e337c9e69b40e4bc7cfe897ec24a38','1c9e1465986e4bfe926677acbf7b9d10','2eea26e46f624721aa257f5c651c8b87','enterprises','{"overall": "dissatisfied"}');
INSERT INTO "survey_answers" VALUES('6704c3c05f7d404f9cdd57a5bc148dbe','1c9e1465986e4bfe926677acbf7b9d10','6390e8fe99a44bc3ac08f79c036659a9','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('671c89dd0ea14806a6c74bbf5ff4c270','1c9e1465986e4bfe926677acbf7b9d10','0bc008fdf97e4ac99180087666fa10fd','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('6783e66fbf3440ab80d999fa1c65a5a5','1c9e1465986e4bfe926677acbf7b9d10','6390e8fe99a44bc3ac08f79c036659a9','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('6f038474db62496db8ab9f2568d6e352','1c9e1465986e4bfe926677acbf7b9d10','746a29a47269458bb3cf3d5e905b7887','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('76b8071f5af041d097218361f7941a64','101c183655cf44728d7f9533c5cc15a6','0bc008fdf97e4ac99180087666fa10fd','enterprises','{"overall": "dissatisfied"}');
INSERT INTO "survey_answers" VALUES('77a981d3be9b461eae8b95d9fd05f259','101c183655cf44728d7f9533c5cc15a6','6390e8fe99a44bc3ac08f79c036659a9','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('785ae4f24fa24d5fb67de5d888f5e61d','101c183655cf44728d7f9533c5cc15a6','0bc008fdf97e4ac99180087666fa10fd','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('793a788f60d24dc5b3e288811e4f9d98','101c183655cf44728d7f9533c5cc15a6','e045ff7c751a437ab4bdb89ae716288b','enterprises','{"overall": "dissatisfied"}');
INSERT INTO "survey_answers" VALUES('7953e0714662484ab3612fc0613b727a','1c9e1465986e4bfe926677acbf7b9d10','a21c12fd887b40bfa34b77ffbe978ea5','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('795f27c6ea90442f83e52a127599a221','101c183655cf44728d7f9533c5cc15a6','2eea26e46f624721aa257f5c651c8b87','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('7b2611c0b4a9456cb9111758cf63696c','1c9e1465986e4bfe926677acbf7b9d10','746a29a47269458bb3cf3d5e905b7887','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('7ec90c86f29d4ce49e4641d8918306e7','101c183655cf44728d7f9533c5cc15a6','6390e8fe99a44bc3ac08f79c036659a9','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('7f0e7bb67d0940c3a45eb51255621e4e','1c9e1465986e4bfe926677acbf7b9d10','2eea26e46f624721aa257f5c651c8b87','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('7f3718d4b0c44c0792a74ff675d10b06','101c183655cf44728d7f9533c5cc15a6','2eea26e46f624721aa257f5c651c8b87','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('7fbb5f5710a840eca381275b2480e345','101c183655cf44728d7f9533c5cc15a6','2eea26e46f624721aa257f5c651c8b87','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('80c49fa5881440e8aaa408d5e164eee4','1c9e1465986e4bfe926677acbf7b9d10','a21c12fd887b40bfa34b77ffbe978ea5','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('8278e5c6a54f444cb1e36cf3ebaec754','101c183655cf44728d7f9533c5cc15a6','2eea26e46f624721aa257f5c651c8b87','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('8336d2a67fe14d39bb6dd21c65a44ab5','101c183655cf44728d7f9533c5cc15a6','2eea26e46f624721aa257f5c651c8b87','enterprises','{"overall": "dissatisfied"}');
INSERT INTO "survey_answers" VALUES('87a8ace2c60a47d388d7ce789ff51319','1c9e1465986e4bfe926677acbf7b9d10','6390e8fe99a44bc3ac08f79c036659a9','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('87ae687fd2da4b89a912a0bb6132c1ca','1c9e1465986e4bfe926677acbf7b9d10','6390e8fe99a44bc3ac08f79c036659a9','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('893b9e7799bb4f54bf9b50eb30f5fc4f','101c183655cf44728d7f9533c5cc15a6','2eea26e46f624721aa257f5c651c8b87','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('8eadc138e6b349cd993a0dadc9774535','1c9e1465986e4bfe926677acbf7b9d10','0bc008fdf97e4ac99180087666fa10fd','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('905115642a204315aa90f5507e59d461','1c9e1465986e4bfe926677acbf7b9d10','e045ff7c751a437ab4bdb89ae716288b','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('909726deb4de4244823c4074322c0d2b','101c183655cf44728d7f9533c5cc15a6','a21c12fd887b40bfa34b77ffbe978ea5','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('912f4a2144824faa94f6fccbce670cdc','1c9e1465986e4bfe926677acbf7b9d10','0bc008fdf97e4ac99180087666fa10fd','masses','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('954f80b86516472a97f7d06816ea48e3','1c9e1465986e4bfe926677acbf7b9d10','e045ff7c751a437ab4bdb89ae716288b','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('958b6453474e42b28a87b9ab1776c494','1c9e1465986e4bfe926677acbf7b9d10','746a29a47269458bb3cf3d5e905b7887','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('96689abfdf484658adfcb7b22f2f9d1f','101c183655cf44728d7f9533c5cc15a6','0bc008fdf97e4ac99180087666fa10fd','masses','{"overall": "dissatisfied"}');
INSERT INTO "survey_answers" VALUES('973e0664cf26465086f27235e79200f9','101c183655cf44728d7f9533c5cc15a6','746a29a47269458bb3cf3d5e905b7887','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('98fc30526aa041a883fb787508fc0830','1c9e1465986e4bfe926677acbf7b9d10','6390e8fe99a44bc3ac08f79c036659a9','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('998680382dfe4548bd69e4684478d954','101c183655cf44728d7f9533c5cc15a6','a21c12fd887b40bfa34b77ffbe978ea5','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('9a8408d0a3b549acb02e837a3d10afac','101c183655cf44728d7f9533c5cc15a6','2eea26e46f624721aa257f5c651c8b87','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('9b04152b863d46f68a9bfdb3d0e2cf38','1c9e1465986e4bfe926677acbf7b9d10','746a29a47269458bb3cf3d5e905b7887','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('9bf67e0226df496aa77883860982d967','1c9e1465986e4bfe926677acbf7b9d10','746a29a47269458bb3cf3d5e905b7887','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('9fa5ffe6414348729a95e9c559d42593','1c9e1465986e4bfe926677acbf7b9d10','e045ff7c751a437ab4bdb89ae716288b','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('a17ffe7cce654ceeaf1749ffca3dbe9f','101c183655cf44728d7f9533c5cc15a6','6390e8fe99a44bc3ac08f79c036659a9','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('a26b256ea9e04202ae11d77357bc9ed5','1c9e1465986e4bfe926677acbf7b9d10','2eea26e46f624721aa257f5c651c8b87','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('a26d5fa931154b819700efd388ced323','1c9e1465986e4bfe926677acbf7b9d10','746a29a47269458bb3cf3d5e905b7887','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('a75d295ef2ff408b813c050b91b47d37','1c9e1465986e4bfe926677acbf7b9d10','0bc008fdf97e4ac99180087666fa10fd','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('aaf1b8d811fc4a8f94c49737cb7a3422','101c183655cf44728d7f9533c5cc15a6','e045ff7c751a437ab4bdb89ae716288b','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('ae58f0194db34e9d85d3f3a91a351b97','1c9e1465986e4bfe926677acbf7b9d10','2eea26e46f624721aa257f5c651c8b87','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('aee57d5a70f146749908ed3ca8630c5a','101c183655cf44728d7f9533c5cc15a6','a21c12fd887b40bfa34b77ffbe978ea5','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('af4fce76b49d4cfaa7be05043ea4f76b','1c9e1465986e4bfe926677acbf7b9d10','a21c12fd887b40bfa34b77ffbe978ea5','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('b0f8e59be6a4454db0abd52bd39b423d','101c183655cf44728d7f9533c5cc15a6','746a29a47269458bb3cf3d5e905b7887','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('b10fef2060e04f56b310319f4eee5fcb','101c183655cf44728d7f9533c5cc15a6','0bc008fdf97e4ac99180087666fa10fd','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('b4cd5481bb9e4c2aab0125aee5e769e3','1c9e1465986e4bfe926677acbf7b9d10','6390e8fe99a44bc3ac08f79c036659a9','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('b660495f8d3847a3bb5d57be2516393d','1c9e1465986e4bfe926677acbf7b9d10','e045ff7c751a437ab4bdb89ae716288b','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('b70066abc0fe4a8e8e85d1be826eee95','1c9e1465986e4bfe926677acbf7b9d10','e045ff7c751a437ab4bdb89ae716288b','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('b8661e92012b432ea54b0df267e067cb','1c9e1465986e4bfe926677acbf7b9d10','a21c12fd887b40bfa34b77ffbe978ea5','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('ba3e7c8fc4934a9fabc04fa259d78724','1c9e1465986e4bfe926677acbf7b9d10','0bc008fdf97e4ac99180087666fa10fd','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('bac80bf05c0d4258b438c4a61deff29d','101c183655cf44728d7f9533c5cc15a6','6390e8fe99a44bc3ac08f79c036659a9','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('bd2ca75cab9a406fa52b9d662714e938','1c9e1465986e4bfe926677acbf7b9d10','6390e8fe99a44bc3ac08f79c036659a9','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('be496bba214a41bba0a3cca6dc1fec6b','101c183655cf44728d7f9533c5cc15a6','e045ff7c751a437ab4bdb89ae716288b','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('bffa0b3925f24cad8de645ccdcba30de','1c9e1465986e4bfe926677acbf7b9d10','2eea26e46f624721aa257f5c651c8b87','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('c152f179ec9a4327b2745a1695faf324','101c183655cf44728d7f9533c5cc15a6','746a29a47269458bb3cf3d5e905b7887','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('c2fd8cdbcb974ac9815701ba6565d344','1c9e1465986e4bfe926677acbf7b9d10','e045ff7c751a437ab4bdb89ae716288b','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('c575bff4d94843abb67c5fb2863d9e7f','1c9e1465986e4bfe926677acbf7b9d10','2eea26e46f624721aa257f5c651c8b87','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('c73fb7809c9f4408981de00251c93242','101c183655cf44728d7f9533c5cc15a6','6390e8fe99a44bc3ac08f79c036659a9','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('c8456b7c7e41400abfd00212035ac53f','101c183655cf44728d7f9533c5cc15a6','746a29a47269458bb3cf3d5e905b7887','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('c9629e65177a4f9c99b5769edd33baf5','1c9e1465986e4bfe926677acbf7b9d10','0bc008fdf97e4ac99180087666fa10fd','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('cb3b37049d7b4a3695ec8f103881c948','101c183655cf44728d7f9533c5cc15a6','746a29a47269458bb3cf3d5e905b7887','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('cbe210371c5c4b0a8bec6515db38fcb8','101c183655cf44728d7f9533c5cc15a6','746a29a47269458bb3cf3d5e905b7887','masses','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('cc76f5953aca452c956fe8c444f3c35e','1c9e1465986e4bfe926677acbf7b9d10','6390e8fe99a44bc3ac08f79c036659a9','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('ce0bdd7ff6d744f9be2099db68ae253c','101c183655cf44728d7f9533c5cc15a6','a21c12fd887b40bfa34b77ffbe978ea5','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('ce4425c2303f42d4af416b825667e3db','1c9e1465986e4bfe926677acbf7b9d10','a21c12fd887b40bfa34b77ffbe978ea5','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('ce5c936bffda4e0a9eebb5f33ca446a1','101c183655cf44728d7f9533c5cc15a6','a21c12fd887b40bfa34b77ffbe978ea5','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('cebe4c5c78884abe95d89cfea2016877','101c183655cf44728d7f9533c5cc15a6','e045ff7c751a437ab4bdb89ae716288b','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('d19100ba499a48b5b3c3db0df9e8873c','1c9e1465986e4bfe926677acbf7b9d10','2eea26e46f624721aa257f5c651c8b87','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('d368f9319aed48feaf22c6da29591f27','101c183655cf44728d7f9533c5cc15a6','2eea26e46f624721aa257f5c651c8b87','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('d7130de6339a47e393fe08292668a949','1c9e1465986e4bfe926677acbf7b9d10','746a29a47269458bb3cf3d5e905b7887','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('d9577cc5ffac4a169305c1b8a9cabebd','101c183655cf44728d7f9533c5cc15a6','0bc008fdf97e4ac99180087666fa10fd','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('da46f44e05974245b9d4dca94be695a8','101c183655cf44728d7f9533c5cc15a6','0bc008fdf97e4ac99180087666fa10fd','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('daa450df743f484f92fc7d5c24190fed','101c183655cf44728d7f9533c5cc15a6','e045ff7c751a437ab4bdb89ae716288b','masses','{"overall": "dissatisfied"}');
INSERT INTO "survey_answers" VALUES('db1e489948b540d6897aac7d6b9617e9','1c9e1465986e4bfe926677acbf7b9d10','2eea26e46f624721aa257f5c651c8b87','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('dd257c5b90c64c0eb3b303171d7c03b1','101c183655cf44728d7f9533c5cc15a6','a21c12fd887b40bfa34b77ffbe978ea5','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('ddcf2a07006748d084677ffb851216b3','101c183655cf44728d7f9533c5cc15a6','746a29a47269458bb3cf3d5e905b7887','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('df3907da532e4e2d9c28a35ca3e7fee4','1c9e1465986e4bfe926677acbf7b9d10','0bc008fdf97e4ac99180087666fa10fd','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('e0f9f08ced354eb48ec22c75c552132c','101c183655cf44728d7f9533c5cc15a6','a21c12fd887b40bfa34b77ffbe978ea5','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('e15b78cf93a548358a749ff4a1072dd9','101c183655cf44728d7f9533c5cc15a6','6390e8fe99a44bc3ac08f79c036659a9','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('e279863364ea4c68be7cec4e541f4d7f','1c9e1465986e4bfe926677acbf7b9d10','746a29a47269458bb3cf3d5e905b7887','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('e2f1d4946c494d21b6faf6962859acc4','101c183655cf44728d7f9533c5cc15a6','2eea26e46f624721aa257f5c651c8b87','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('e31e2ed110fa4f7693b58a0324926f78','101c183655cf44728d7f9533c5cc15a6','e045ff7c751a437ab4bdb89ae716288b','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('e38ec513244842d6a25e7fb910fb878e','101c183655cf44728d7f9533c5cc15a6','6390e8fe99a44bc3ac08f79c036659a9','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('e55ef414ebbe4ce9949e27c116629268','101c183655cf44728d7f9533c5cc15a6','746a29a47269458bb3cf3d5e905b7887','enterprises','{"overall": "dissatisfied"}');
INSERT INTO "survey_answers" VALUES('e68f90c4bc4046a2a500ed4a083243ca','101c183655cf44728d7f9533c5cc15a6','6390e8fe99a44bc3ac08f79c036659a9','masses','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('e6e4423bf92a4eb2a38dea5d6a2514e4','101c183655cf44728d7f9533c5cc15a6','2eea26e46f624721aa257f5c651c8b87','masses','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('e7ba6dd31a2244ee9be1257989bf165d','1c9e1465986e4bfe926677acbf7b9d10','746a29a47269458bb3cf3d5e905b7887','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('ea25228223d64d969c72421e39a5effe','101c183655cf44728d7f9533c5cc15a6','0bc008fdf97e4ac99180087666fa10fd','masses','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('ecb167190e6e4345863248ccecb07cde','1c9e1465986e4bfe926677acbf7b9d10','0bc008fdf97e4ac99180087666fa10fd','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('ed228858db4442509b09c4f4ad514deb','101c183655cf44728d7f9533c5cc15a6','746a29a47269458bb3cf3d5e905b7887','masses','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('f12e4821aeda478d92d349e910c66f68','1c9e1465986e4bfe926677acbf7b9d10','6390e8fe99a44bc3ac08f79c036659a9','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('f43d0cd7c9db40d7810f7c439ecad987','1c9e1465986e4bfe926677acbf7b9d10','6390e8fe99a44bc3ac08f79c036659a9','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('f4655931f4dd4286b5fb1e8694ec8af5','101c183655cf44728d7f9533c5cc15a6','e045ff7c751a437ab4bdb89ae716288b','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('f4b09423919b4f2f8246c62a2f4098eb','1c9e1465986e4bfe926677acbf7b9d10','e045ff7c751a437ab4bdb89ae716288b','masses','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('f7f9d52ca8a449ac83557678445756a4','101c183655cf44728d7f9533c5cc15a6','2eea26e46f624721aa257f5c651c8b87','enterprises','{"overall": "dissatisfied"}');
INSERT INTO "survey_answers" VALUES('f811936ba96c4650833c13588b54100a','101c183655cf44728d7f9533c5cc15a6','746a29a47269458bb3cf3d5e905b7887','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('f909b42c9aac48b6a9ef1699b8c9a01f','101c183655cf44728d7f9533c5cc15a6','2eea26e46f624721aa257f5c651c8b87','masses','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('fa149d57b2664699a9ebc68181ed097b','1c9e1465986e4bfe926677acbf7b9d10','746a29a47269458bb3cf3d5e905b7887','enterprises','{"overall": "fairly"}');
INSERT INTO "survey_answers" VALUES('fc8b16ce392d4682ab8bb595417a993b','1c9e1465986e4bfe926677acbf7b9d10','2eea26e46f624721aa257f5c651c8b87','enterprises','{"overall": "satisfied"}');
INSERT INTO "survey_answers" VALUES('fd0a4c132efb486c965585b6347b3fea','101c183655cf44728d7f9533c5cc15a6','6390e8fe99a44bc3ac08f79c036659a9','enterprises','{"overall": "satisfied"}');
CREATE TABLE survey_paper_ballots (
	id CHAR(32) NOT NULL, 
	round_id CHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	"group" VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	CONSTRAINT pk_survey_paper_ballots PRIMARY KEY (id), 
	CONSTRAINT ck_survey_paper_ballots_state CHECK (state IN ('issued', 'once', 'differs', 'agreed', 'settled', 'spoilt')), 
	CONSTRAINT fk_survey_paper_ballots_round_id_survey_rounds FOREIGN KEY(round_id) REFERENCES survey_rounds (id), 
	CONSTRAINT uq_survey_paper_ballots_round_id_number UNIQUE (round_id, number)
);
INSERT INTO "survey_paper_ballots" VALUES('0d2969ea4b8048a2945474b18fbd1a8d','1c9e1465986e4bfe926677acbf7b9d10',1,'masses','once');
INSERT INTO "survey_paper_ballots" VALUES('78584665eecd4ab884ce068830767017','1c9e1465986e4bfe926677acbf7b9d10',2,'masses','issued');
INSERT INTO "survey_paper_ballots" VALUES('7d17c77a02aa4ced9594474182b18ea7','1c9e1465986e4bfe926677acbf7b9d10',3,'enterprises','issued');
INSERT INTO "survey_paper_ballots" VALUES('5daaa911ad554c129a4af14a2abc775b','1c9e1465986e4bfe926677acbf7b9d10',4,'enterprises','issued');
CREATE TABLE survey_paper_entries (
	id CHAR(32) NOT NULL, 
	ballot_id CHAR(32) NOT NULL, 
	look INTEGER NOT NULL, 
	by_user CHAR(32) NOT NULL, 
	marks JSON NOT NULL, 
	CONSTRAINT pk_survey_paper_entries PRIMARY KEY (id), 
	CONSTRAINT ck_survey_paper_entries_look CHECK (look BETWEEN 1 AND 3), 
	CONSTRAINT fk_survey_paper_entries_ballot_id_survey_paper_ballots FOREIGN KEY(ballot_id) REFERENCES survey_paper_ballots (id), 
	CONSTRAINT fk_survey_paper_entries_by_user_users FOREIGN KEY(by_user) REFERENCES users (id), 
	CONSTRAINT uq_survey_paper_entries_ballot_id_by_user UNIQUE (ballot_id, by_user), 
	CONSTRAINT uq_survey_paper_entries_ballot_id_look UNIQUE (ballot_id, look)
);
INSERT INTO "survey_paper_entries" VALUES('941d2a258c6f4fa699ae25f9fa1aae28','0d2969ea4b8048a2945474b18fbd1a8d',1,'4ed633584770434c84bda1913fdbc703','{"2eea26e4-6f62-4721-aa25-7f5c651c8b87": {"overall": "satisfied"}, "6390e8fe-99a4-4bc3-ac08-f79c036659a9": {"overall": "satisfied"}, "746a29a4-7269-458b-b3cf-3d5e905b7887": {"overall": "satisfied"}, "e045ff7c-751a-437a-b4bd-b89ae716288b": {"overall": "satisfied"}, "a21c12fd-887b-40bf-a34b-77ffbe978ea5": {"overall": "dissatisfied"}, "0bc008fd-f97e-4ac9-9180-087666fa10fd": {"overall": "satisfied"}}');
CREATE TABLE survey_raters (
	id CHAR(32) NOT NULL, 
	round_id CHAR(32) NOT NULL, 
	number VARCHAR NOT NULL, 
	"group" VARCHAR NOT NULL, 
	stratum VARCHAR NOT NULL, 
	contact VARCHAR, 
	drawn BOOLEAN NOT NULL, 
	channel VARCHAR NOT NULL, 
	failure VARCHAR, 
	CONSTRAINT pk_survey_raters PRIMARY KEY (id), 
	CONSTRAINT ck_survey_raters_channel CHECK (channel IN ('', 'token', 'message', 'paper')), 
	CONSTRAINT fk_survey_raters_round_id_survey_rounds FOREIGN KEY(round_id) REFERENCES survey_rounds (id), 
	CONSTRAINT uq_survey_raters_round_id_number UNIQUE (round_id, number)
);
INSERT INTO "survey_raters" VALUES('0897d0fc476f40c790f04e54ddba3c86','101c183655cf44728d7f9533c5cc15a6','masses-001','masses','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('8a6c051077ca4f938a0083102260b9f2','101c183655cf44728d7f9533c5cc15a6','masses-002','masses','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('1a88012e930940f0b4156ce82ad750d6','101c183655cf44728d7f9533c5cc15a6','masses-003','masses','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('804e75d44ea14cd381617291abe68359','101c183655cf44728d7f9533c5cc15a6','masses-004','masses','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('7b6b38dc3af3483a8e785314486c5ac6','101c183655cf44728d7f9533c5cc15a6','masses-005','masses','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('ca7617c6c74140b7abba92310189987e','101c183655cf44728d7f9533c5cc15a6','masses-006','masses','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('167ed250920e492a9b58f84c495e4b42','101c183655cf44728d7f9533c5cc15a6','masses-007','masses','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('dc2724a5f79d4396a3da6ce79bea00f5','101c183655cf44728d7f9533c5cc15a6','masses-008','masses','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('41d7f2ae45ff49979d83f9313842f982','101c183655cf44728d7f9533c5cc15a6','masses-009','masses','',NULL,1,'',NULL);
INSERT INTO "survey_raters" VALUES('5d1987247bbb41449c7367479f1e2c26','101c183655cf44728d7f9533c5cc15a6','enterprises-001','enterprises','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('31f0d29aec78438ab4b0e3f56cce29d5','101c183655cf44728d7f9533c5cc15a6','enterprises-002','enterprises','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('94ecdb6598b94b8891cd4706d8ef493e','101c183655cf44728d7f9533c5cc15a6','enterprises-003','enterprises','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('b2b536eb831746c799f3de9697091eed','101c183655cf44728d7f9533c5cc15a6','enterprises-004','enterprises','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('13bde2f3d0ff4d909b2a64f21e71ae66','101c183655cf44728d7f9533c5cc15a6','enterprises-005','enterprises','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('9afec549daa74dd08d726cdc6b09e846','101c183655cf44728d7f9533c5cc15a6','enterprises-006','enterprises','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('8eba5e631d1e440a83d0818b8c2f26cf','101c183655cf44728d7f9533c5cc15a6','enterprises-007','enterprises','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('adc197d5fd5c4cfe92c97f255c9bf81a','101c183655cf44728d7f9533c5cc15a6','enterprises-008','enterprises','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('3fafdbd342b44246b3e79894a09fa8bc','101c183655cf44728d7f9533c5cc15a6','enterprises-009','enterprises','',NULL,1,'',NULL);
INSERT INTO "survey_raters" VALUES('829cf9ce5d3947378563a9bb17117fb2','1c9e1465986e4bfe926677acbf7b9d10','masses-001','masses','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('b427201afd3843dab6de03c8c4d2d403','1c9e1465986e4bfe926677acbf7b9d10','masses-002','masses','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('aef5a20adff94887a0e89cfbe56bf9f5','1c9e1465986e4bfe926677acbf7b9d10','masses-003','masses','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('6d2411592a7345079d9c7729af619323','1c9e1465986e4bfe926677acbf7b9d10','masses-004','masses','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('255b76138ea6484b9f0b68c6cad774f1','1c9e1465986e4bfe926677acbf7b9d10','masses-005','masses','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('f032cede38a5485e8fe04df2c9e0d5a1','1c9e1465986e4bfe926677acbf7b9d10','masses-006','masses','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('0fd5497a060d447c82bb80dde16ee264','1c9e1465986e4bfe926677acbf7b9d10','masses-007','masses','',NULL,1,'',NULL);
INSERT INTO "survey_raters" VALUES('86f597decbe341888ce06b98fed9f629','1c9e1465986e4bfe926677acbf7b9d10','masses-008','masses','',NULL,1,'',NULL);
INSERT INTO "survey_raters" VALUES('e59f235f5059410aa5be10e8b4554b2e','1c9e1465986e4bfe926677acbf7b9d10','masses-009','masses','',NULL,1,'',NULL);
INSERT INTO "survey_raters" VALUES('2f887912c4fd4780953b8d285384a9dc','1c9e1465986e4bfe926677acbf7b9d10','masses-010','masses','',NULL,1,'',NULL);
INSERT INTO "survey_raters" VALUES('9dfc19f0f6664e9293dec91361e9ec42','1c9e1465986e4bfe926677acbf7b9d10','masses-011','masses','',NULL,1,'',NULL);
INSERT INTO "survey_raters" VALUES('ab4362a25671469191d514ae7622bfc8','1c9e1465986e4bfe926677acbf7b9d10','masses-012','masses','',NULL,1,'',NULL);
INSERT INTO "survey_raters" VALUES('d54c17ac72e24cb88b49cf004c49744c','1c9e1465986e4bfe926677acbf7b9d10','masses-013','masses','',NULL,1,'paper',NULL);
INSERT INTO "survey_raters" VALUES('4e8fe9d5e1ca4b99bd2e10b8d198f188','1c9e1465986e4bfe926677acbf7b9d10','masses-014','masses','',NULL,1,'paper',NULL);
INSERT INTO "survey_raters" VALUES('da2081a34ead4ccda6372c2139aff72f','1c9e1465986e4bfe926677acbf7b9d10','enterprises-001','enterprises','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('190505232dc945d28cbbf1a4d84f0d71','1c9e1465986e4bfe926677acbf7b9d10','enterprises-002','enterprises','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('152d86d4a5af47fcb6f4701d18a29ccc','1c9e1465986e4bfe926677acbf7b9d10','enterprises-003','enterprises','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('a7f3fc99c6f3492786fc4981db1386f8','1c9e1465986e4bfe926677acbf7b9d10','enterprises-004','enterprises','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('1118441c881945b5abb036c3359a86f3','1c9e1465986e4bfe926677acbf7b9d10','enterprises-005','enterprises','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('230104a605e1413fb79788536be4c358','1c9e1465986e4bfe926677acbf7b9d10','enterprises-006','enterprises','',NULL,1,'token',NULL);
INSERT INTO "survey_raters" VALUES('ce2eb7dbd55e4c709a3bf127bfd191c5','1c9e1465986e4bfe926677acbf7b9d10','enterprises-007','enterprises','',NULL,1,'',NULL);
INSERT INTO "survey_raters" VALUES('6b4ed8f505824f7e9c7c16c87c29438e','1c9e1465986e4bfe926677acbf7b9d10','enterprises-008','enterprises','',NULL,1,'',NULL);
INSERT INTO "survey_raters" VALUES('eb7ac270603740969dce051b43d99d4b','1c9e1465986e4bfe926677acbf7b9d10','enterprises-009','enterprises','',NULL,1,'',NULL);
INSERT INTO "survey_raters" VALUES('869b339843cb442e8898e9a89eea7dc6','1c9e1465986e4bfe926677acbf7b9d10','enterprises-010','enterprises','',NULL,1,'',NULL);
INSERT INTO "survey_raters" VALUES('b5ded7b747b743518e422afc78cefc31','1c9e1465986e4bfe926677acbf7b9d10','enterprises-011','enterprises','',NULL,1,'',NULL);
INSERT INTO "survey_raters" VALUES('842d6fddfbe74968802ce3e2814cf8fc','1c9e1465986e4bfe926677acbf7b9d10','enterprises-012','enterprises','',NULL,1,'',NULL);
INSERT INTO "survey_raters" VALUES('47a9d2a09c87435fb7147685043323a1','1c9e1465986e4bfe926677acbf7b9d10','enterprises-013','enterprises','',NULL,1,'paper',NULL);
INSERT INTO "survey_raters" VALUES('e3b4585e6a32491eb0385f04bb3ebedb','1c9e1465986e4bfe926677acbf7b9d10','enterprises-014','enterprises','',NULL,1,'paper',NULL);
CREATE TABLE survey_reopenings (
	round_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_survey_reopenings PRIMARY KEY (round_id, unit_id), 
	CONSTRAINT fk_survey_reopenings_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_survey_reopenings_round_id_survey_rounds FOREIGN KEY(round_id) REFERENCES survey_rounds (id), 
	CONSTRAINT fk_survey_reopenings_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id)
);
CREATE TABLE survey_rounds (
	id CHAR(32) NOT NULL, 
	campaign_id CHAR(32) NOT NULL, 
	rulebook_version_id CHAR(32), 
	code VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	form JSON NOT NULL, 
	closes_at DATETIME, 
	frame_sha256 VARCHAR, 
	secret VARCHAR, 
	commitment JSON, 
	entropy VARCHAR, 
	witness VARCHAR, 
	sample_sha256 VARCHAR, 
	box_sha256 VARCHAR, 
	created_at DATETIME NOT NULL, 
	created_by CHAR(32) NOT NULL, 
	opened_by CHAR(32), 
	opened_at DATETIME, 
	closed_by CHAR(32), 
	closed_at DATETIME, 
	approved_by CHAR(32), 
	approved_at DATETIME, 
	published_at DATETIME, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_survey_rounds PRIMARY KEY (id), 
	CONSTRAINT ck_survey_rounds_frozen_frame CHECK (state = 'draft' OR frame_sha256 IS NOT NULL), 
	CONSTRAINT ck_survey_rounds_state CHECK (state IN ('draft', 'frozen', 'open', 'closed', 'approved', 'published')), 
	CONSTRAINT ck_survey_rounds_closed_box CHECK (state NOT IN ('closed', 'approved', 'published') OR box_sha256 IS NOT NULL), 
	CONSTRAINT fk_survey_rounds_approved_by_users FOREIGN KEY(approved_by) REFERENCES users (id), 
	CONSTRAINT fk_survey_rounds_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), 
	CONSTRAINT fk_survey_rounds_closed_by_users FOREIGN KEY(closed_by) REFERENCES users (id), 
	CONSTRAINT fk_survey_rounds_created_by_users FOREIGN KEY(created_by) REFERENCES users (id), 
	CONSTRAINT fk_survey_rounds_opened_by_users FOREIGN KEY(opened_by) REFERENCES users (id), 
	CONSTRAINT fk_survey_rounds_rulebook_version_id_rulebook_versions FOREIGN KEY(rulebook_version_id) REFERENCES rulebook_versions (id), 
	CONSTRAINT uq_survey_rounds_campaign_id_code UNIQUE (campaign_id, code)
);
INSERT INTO "survey_rounds" VALUES('101c183655cf44728d7f9533c5cc15a6','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','satisfaction','群众满意度调查','published','{"questions": [{"code": "overall", "title": "\u5bf9\u5de5\u4f5c\u603b\u4f53\u662f\u5426\u6ee1\u610f", "title_en": "Are you satisfied with its work as a whole?", "decides": true}], "scale": [{"code": "satisfied", "title": "\u6ee1\u610f", "title_en": "Satisfied", "points": 100, "dissatisfied": false}, {"code": "fairly", "title": "\u57fa\u672c\u6ee1\u610f", "title_en": "Fairly satisfied", "points": 60, "dissatisfied": false}, {"code": "dissatisfied", "title": "\u4e0d\u6ee1\u610f", "title_en": "Dissatisfied", "points": 0, "dissatisfied": true}, {"code": "unknown", "title": "\u4e0d\u4e86\u89e3", "title_en": "Do not know", "points": null, "dissatisfied": false}], "groups": [{"code": "masses", "title": "\u7fa4\u4f17", "title_en": "The public", "quota": null}, {"code": "enterprises", "title": "\u4f01\u4e1a", "title_en": "Enterprises", "quota": null}], "panels": [{"groups": ["masses", "enterprises"], "units": ["2eea26e4-6f62-4721-aa25-7f5c651c8b87", "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "746a29a4-7269-458b-b3cf-3d5e905b7887", "e045ff7c-751a-437a-b4bd-b89ae716288b", "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "0bc008fd-f97e-4ac9-9180-087666fa10fd"]}], "smallest_group": 5, "reopen_above_percent": null, "intro": "\u8bf7\u60a8\u5bf9\u5404\u90e8\u95e8\u7684\u5de5\u4f5c\u4f5c\u51fa\u8bc4\u4ef7\u3002\u7b54\u5377\u4e0d\u8bb0\u540d\u3002", "intro_en": "Please judge the work of each department. Nobody is told who answered what."}','2026-10-23 23:44:01.444000','315c1e983aaf6169c3cff16bdd78e42dd298c6eac3004d6b8d53c3200a4ddfab','7c951735d505a34ed80ff261ec5e10699bc6bb9a27d04330b1f21860ec3a3031','{"v": 1, "kind": "survey-commitment", "round": "101c1836-55cf-4472-8d7f-9533c5cc15a6", "form_sha256": "9e2ad445bd29a22f8e2e362f00b927e92ec7c17539747f3158068971fbc04eda", "frame_sha256": "315c1e983aaf6169c3cff16bdd78e42dd298c6eac3004d6b8d53c3200a4ddfab", "secret_sha256": "a1e4751c8a9c310ba1d10718f780834b7e231e0cfe44a30b2bb4bada99b2ceec", "committed_on": "2026-10-12"}',NULL,NULL,'00b33298d260b56d2883c65914c5803ae264c01e9aad758ea0caa698ab7c93a2','53b49316cb8447cd61b3cfa80d710e67540ba888e5ae1fce882503824099f99c','2026-10-11 23:44:01.444000','bbd25f58f7644374a72bd5cf0dca7891','bbd25f58f7644374a72bd5cf0dca7891','2026-10-11 23:44:01.444000','bbd25f58f7644374a72bd5cf0dca7891','2026-10-23 23:44:01.444000','e86b8dcef421485a96942f813d1fae22','2026-10-26 23:44:01.444000','2026-10-26 23:44:01.444000',9);
INSERT INTO "survey_rounds" VALUES('1c9e1465986e4bfe926677acbf7b9d10','b23d08ebb85a40b1bd5dafce944293f9','b850b318c50c42a897b2be71b01bc1d9','after','整改后回头看调查','open','{"questions": [{"code": "overall", "title": "\u5bf9\u5de5\u4f5c\u603b\u4f53\u662f\u5426\u6ee1\u610f", "title_en": "Are you satisfied with its work as a whole?", "decides": true}], "scale": [{"code": "satisfied", "title": "\u6ee1\u610f", "title_en": "Satisfied", "points": 100, "dissatisfied": false}, {"code": "fairly", "title": "\u57fa\u672c\u6ee1\u610f", "title_en": "Fairly satisfied", "points": 60, "dissatisfied": false}, {"code": "dissatisfied", "title": "\u4e0d\u6ee1\u610f", "title_en": "Dissatisfied", "points": 0, "dissatisfied": true}, {"code": "unknown", "title": "\u4e0d\u4e86\u89e3", "title_en": "Do not know", "points": null, "dissatisfied": false}], "groups": [{"code": "masses", "title": "\u7fa4\u4f17", "title_en": "The public", "quota": null}, {"code": "enterprises", "title": "\u4f01\u4e1a", "title_en": "Enterprises", "quota": null}], "panels": [{"groups": ["masses", "enterprises"], "units": ["2eea26e4-6f62-4721-aa25-7f5c651c8b87", "6390e8fe-99a4-4bc3-ac08-f79c036659a9", "746a29a4-7269-458b-b3cf-3d5e905b7887", "e045ff7c-751a-437a-b4bd-b89ae716288b", "a21c12fd-887b-40bf-a34b-77ffbe978ea5", "0bc008fd-f97e-4ac9-9180-087666fa10fd"]}], "smallest_group": 5, "reopen_above_percent": null, "intro": "\u8bf7\u60a8\u5bf9\u5404\u90e8\u95e8\u7684\u5de5\u4f5c\u4f5c\u51fa\u8bc4\u4ef7\u3002\u7b54\u5377\u4e0d\u8bb0\u540d\u3002", "intro_en": "Please judge the work of each department. Nobody is told who answered what."}','2026-12-04 23:44:01.444000','7c0632a78d8031d52871d2233d73b17797a74376290c7facb395f080dec9c034','aabf8436aa2bfb3c99e57e2bc97e1fa0db123ef65f0c1779023e947508c6fd5a','{"v": 1, "kind": "survey-commitment", "round": "1c9e1465-986e-4bfe-9266-77acbf7b9d10", "form_sha256": "9e2ad445bd29a22f8e2e362f00b927e92ec7c17539747f3158068971fbc04eda", "frame_sha256": "7c0632a78d8031d52871d2233d73b17797a74376290c7facb395f080dec9c034", "secret_sha256": "6642ccbca88deb6b686a57b3137861a82f943dd24d0a410f532d7d2a463cb547", "committed_on": "2026-11-20"}',NULL,NULL,'4a1e36b58c1ad3a5fc1e0b35f5bde975ff042e7e8bb91e33b907485aa28fe98a',NULL,'2026-11-19 23:44:01.444000','bbd25f58f7644374a72bd5cf0dca7891','bbd25f58f7644374a72bd5cf0dca7891','2026-11-19 23:44:01.444000',NULL,NULL,NULL,NULL,NULL,5);
CREATE TABLE survey_tokens (
	sha256 VARCHAR NOT NULL, 
	round_id CHAR(32) NOT NULL, 
	rater_id CHAR(32), 
	"group" VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	CONSTRAINT pk_survey_tokens PRIMARY KEY (sha256), 
	CONSTRAINT ck_survey_tokens_state CHECK (state IN ('issued', 'used', 'void')), 
	CONSTRAINT fk_survey_tokens_rater_id_survey_raters FOREIGN KEY(rater_id) REFERENCES survey_raters (id), 
	CONSTRAINT fk_survey_tokens_round_id_survey_rounds FOREIGN KEY(round_id) REFERENCES survey_rounds (id)
)
 WITHOUT ROWID

;
INSERT INTO "survey_tokens" VALUES('02d102e20438cdfd8641a1a5f26eb9df0157b3f2542a4e0f2d7a5bc1a951a7d2','1c9e1465986e4bfe926677acbf7b9d10','b427201afd3843dab6de03c8c4d2d403','masses','used');
INSERT INTO "survey_tokens" VALUES('1671629f3d4fcc6670f0d8a3a0e6d952e09efa92b30270ca29b4484ba34820bb','101c183655cf44728d7f9533c5cc15a6',NULL,'enterprises','used');
INSERT INTO "survey_tokens" VALUES('23e9c375c0d9e5f1745fa4d74dd24ed6a1a32e86ac4941330a7284da2b2a963c','101c183655cf44728d7f9533c5cc15a6',NULL,'masses','used');
INSERT INTO "survey_tokens" VALUES('30f2cb1303d41c76f13152e2bb07a2b647d392f9035d62bdbab7f1fa3189ec19','1c9e1465986e4bfe926677acbf7b9d10','aef5a20adff94887a0e89cfbe56bf9f5','masses','used');
INSERT INTO "survey_tokens" VALUES('3671ed89c06833bbb2882f8319602f321c4a86190b410e7325b51a6ab91ea251','101c183655cf44728d7f9533c5cc15a6',NULL,'enterprises','used');
INSERT INTO "survey_tokens" VALUES('37b4193c4adde4bb3038acc5fc3983917d7217ff968183e3b88d250119e175fb','1c9e1465986e4bfe926677acbf7b9d10','a7f3fc99c6f3492786fc4981db1386f8','enterprises','used');
INSERT INTO "survey_tokens" VALUES('3b5c0a4f03fa93512817b14239bbc64f8de64502fe5f570a2de7ab249551bda5','1c9e1465986e4bfe926677acbf7b9d10','152d86d4a5af47fcb6f4701d18a29ccc','enterprises','used');
INSERT INTO "survey_tokens" VALUES('3fc3f870df51acd60305a2a72345a244ef28556463e8982870ee5d3b3ff24b96','101c183655cf44728d7f9533c5cc15a6',NULL,'enterprises','used');
INSERT INTO "survey_tokens" VALUES('47705bda21591596ccb17f7ac6cb6914e6faceb83f08b4d05f77fe4ee29c59d4','101c183655cf44728d7f9533c5cc15a6',NULL,'masses','used');
INSERT INTO "survey_tokens" VALUES('604e67eb104a4f8ff7a455215abb196ed5571ae90ef4189e2c70e676f3d2da0f','101c183655cf44728d7f9533c5cc15a6',NULL,'masses','used');
INSERT INTO "survey_tokens" VALUES('62135a045aaae9e42485669e403e08b76d9984e8d3f846c2c39acfeac3757678','1c9e1465986e4bfe926677acbf7b9d10','6d2411592a7345079d9c7729af619323','masses','used');
INSERT INTO "survey_tokens" VALUES('6287b4284286b0a24cc6f3d86bce3d2555302a6e074af7596f885ac35aa33f1e','101c183655cf44728d7f9533c5cc15a6',NULL,'masses','used');
INSERT INTO "survey_tokens" VALUES('74cd9681c1de241eda47504f699572e35d26b8505f6fb49346e36fa47c5433a5','1c9e1465986e4bfe926677acbf7b9d10','230104a605e1413fb79788536be4c358','enterprises','used');
INSERT INTO "survey_tokens" VALUES('826f29dde9a01ff97d79efbe63ceb9c42c35a6280ce0818750e3799aaa35da6e','1c9e1465986e4bfe926677acbf7b9d10','829cf9ce5d3947378563a9bb17117fb2','masses','used');
INSERT INTO "survey_tokens" VALUES('86c2c799d4b5317bfb6cd966644075fc32898da493a09ce14ad35fba9509dfcd','101c183655cf44728d7f9533c5cc15a6',NULL,'enterprises','used');
INSERT INTO "survey_tokens" VALUES('8c9d800014073c9e66a6c51b23eadb663425db113a200b49139240ebe34c04a3','101c183655cf44728d7f9533c5cc15a6',NULL,'enterprises','used');
INSERT INTO "survey_tokens" VALUES('8ef2f9e273d57fa0e63caabeac153bd482d5ce455b7dea3d8d2f5332fef403fe','1c9e1465986e4bfe926677acbf7b9d10','255b76138ea6484b9f0b68c6cad774f1','masses','used');
INSERT INTO "survey_tokens" VALUES('97886c8df2ed52d0ca58544608fbf9eaa24e161ed71323fe1443b75e54ac9bc1','101c183655cf44728d7f9533c5cc15a6',NULL,'masses','used');
INSERT INTO "survey_tokens" VALUES('9e1181a4a056ddd888d86dc3b00b49e58557f0d3a1ba8c340862e802118db29d','101c183655cf44728d7f9533c5cc15a6',NULL,'enterprises','used');
INSERT INTO "survey_tokens" VALUES('bc5e8079cfa15d9808a4158f777cbbb5afad3372371fd469a7e2486417aad7e8','1c9e1465986e4bfe926677acbf7b9d10','1118441c881945b5abb036c3359a86f3','enterprises','used');
INSERT INTO "survey_tokens" VALUES('c2608f7239bd5c7c9c3c04ae21e9cbc35d6baf3630a69da884a48105c73e3214','101c183655cf44728d7f9533c5cc15a6',NULL,'masses','used');
INSERT INTO "survey_tokens" VALUES('c556c273c9d24269346f45daebad24341a42569192e77d8b0ae47fd4f22c0b61','1c9e1465986e4bfe926677acbf7b9d10','190505232dc945d28cbbf1a4d84f0d71','enterprises','used');
INSERT INTO "survey_tokens" VALUES('d57f95c5fbcaec7175a4218ba8d5d111465bb14203efb4297ebb847986f96e09','1c9e1465986e4bfe926677acbf7b9d10','da2081a34ead4ccda6372c2139aff72f','enterprises','used');
INSERT INTO "survey_tokens" VALUES('db4901c763e9e0be68abbd55f66f413dabd677ec1b763035fb8cbaac343f61ce','101c183655cf44728d7f9533c5cc15a6',NULL,'masses','used');
INSERT INTO "survey_tokens" VALUES('dfb24be0b9d11d80ebe1bf83e6965737863b90ae678ae3aa5f0c19f58f4b2463','101c183655cf44728d7f9533c5cc15a6',NULL,'enterprises','used');
INSERT INTO "survey_tokens" VALUES('e1cdff514610585b83c9d1c82803e4ac80fb6bec538ba753f46e1f3b649e855d','101c183655cf44728d7f9533c5cc15a6',NULL,'masses','used');
INSERT INTO "survey_tokens" VALUES('e2f2bd7aa643960e642f127f326f410d5bf2d74b548a9bd948781fa899ca87fc','1c9e1465986e4bfe926677acbf7b9d10','f032cede38a5485e8fe04df2c9e0d5a1','masses','used');
INSERT INTO "survey_tokens" VALUES('e4158361083dcbee03765a6f8a1665be8be7f9c2eb82f4adb7ddf4c70b097fd5','101c183655cf44728d7f9533c5cc15a6',NULL,'enterprises','used');
CREATE TABLE totp_factors (
	user_id CHAR(32) NOT NULL, 
	box VARCHAR NOT NULL, 
	made_at DATETIME NOT NULL, 
	confirmed_at DATETIME, 
	last_step INTEGER NOT NULL, 
	CONSTRAINT pk_totp_factors PRIMARY KEY (user_id), 
	CONSTRAINT fk_totp_factors_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE TABLE units (
	id CHAR(32) NOT NULL, 
	name VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	category VARCHAR NOT NULL, 
	parent_id CHAR(32), 
	path VARCHAR NOT NULL, 
	active BOOLEAN NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_units PRIMARY KEY (id), 
	CONSTRAINT fk_units_parent_id_units FOREIGN KEY(parent_id) REFERENCES units (id), 
	CONSTRAINT uq_units_code UNIQUE (code)
);
INSERT INTO "units" VALUES('176bbfc48a014adb8faf58d9eec2042d','甲市','jia','government_functional',NULL,'/176bbfc4-8a01-4adb-8faf-58d9eec2042d/',1,1);
INSERT INTO "units" VALUES('d6e26e966a9d419e8009a02b3625d473','甲市市直机关工作委员会','jia-jggw','party_mass','176bbfc48a014adb8faf58d9eec2042d','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/d6e26e96-6a9d-419e-8009-a02b3625d473/',1,1);
INSERT INTO "units" VALUES('4295ceb6f9f840d08167b84c9ea5eede','甲市宣传部','jia-xcb','party_mass','176bbfc48a014adb8faf58d9eec2042d','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/4295ceb6-f9f8-40d0-8167-b84c9ea5eede/',1,1);
INSERT INTO "units" VALUES('c371a2d5237b4b5fb982ed40f73d3b35','甲市文明办','jia-wmb','party_mass','176bbfc48a014adb8faf58d9eec2042d','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/c371a2d5-237b-4b5f-b982-ed40f73d3b35/',1,1);
INSERT INTO "units" VALUES('4bf49f563a964b3e8ece13c3eb824880','甲市行政服务中心','jia-fw','government_functional','176bbfc48a014adb8faf58d9eec2042d','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/4bf49f56-3a96-4b3e-8ece-13c3eb824880/',1,1);
INSERT INTO "units" VALUES('eeb9574fdcdf41a592fddefaf9727ff0','甲市行政服务中心服务大厅','jia-fw-dt','government_functional','4bf49f563a964b3e8ece13c3eb824880','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/4bf49f56-3a96-4b3e-8ece-13c3eb824880/eeb9574f-dcdf-41a5-92fd-defaf9727ff0/',1,1);
INSERT INTO "units" VALUES('f542fb42453a4e57a7494343cda5f755','甲市交通运输局','jia-jt','government_functional','176bbfc48a014adb8faf58d9eec2042d','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/f542fb42-453a-4e57-a749-4343cda5f755/',1,1);
INSERT INTO "units" VALUES('302b72397a984b77bffefe5cf9b8e7e6','甲市道路运输服务中心','jia-jt-dy','government_functional','f542fb42453a4e57a7494343cda5f755','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/f542fb42-453a-4e57-a749-4343cda5f755/302b7239-7a98-4b77-bffe-fe5cf9b8e7e6/',1,1);
INSERT INTO "units" VALUES('6b816ee993d1443a84824bb66c07eb68','甲市城市管理局','jia-cg','government_functional','176bbfc48a014adb8faf58d9eec2042d','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/6b816ee9-93d1-443a-8482-4bb66c07eb68/',1,1);
INSERT INTO "units" VALUES('9e2939908ba047e7956afb25ca34b25b','甲市环境卫生管理所','jia-cg-hw','government_functional','6b816ee993d1443a84824bb66c07eb68','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/6b816ee9-93d1-443a-8482-4bb66c07eb68/9e293990-8ba0-47e7-956a-fb25ca34b25b/',1,1);
INSERT INTO "units" VALUES('64f531d56dee4557a38701469f690c30','甲市公安局','jia-ga','government_functional','176bbfc48a014adb8faf58d9eec2042d','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/64f531d5-6dee-4557-a387-01469f690c30/',1,1);
INSERT INTO "units" VALUES('17c6600d70974736b64c3637ccc11f6c','甲市公安局户政服务厅','jia-ga-hz','government_functional','64f531d56dee4557a38701469f690c30','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/64f531d5-6dee-4557-a387-01469f690c30/17c6600d-7097-4736-b64c-3637ccc11f6c/',1,1);
INSERT INTO "units" VALUES('9c5d267f50724a4cbd7ad1525c2822ba','甲市市场监督管理局','jia-scjg','government_functional','176bbfc48a014adb8faf58d9eec2042d','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/9c5d267f-5072-4a4c-bd7a-d1525c2822ba/',1,1);
INSERT INTO "units" VALUES('2553f3befcdd47aaa18c1a9d05133be7','甲市工业和信息化局','jia-gx','government_functional','176bbfc48a014adb8faf58d9eec2042d','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/2553f3be-fcdd-47aa-a18c-1a9d05133be7/',1,1);
INSERT INTO "units" VALUES('d4063063e4c046f9a610b21847f3845d','甲市税务局','jia-sw','vertical','176bbfc48a014adb8faf58d9eec2042d','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/d4063063-e4c0-46f9-a610-b21847f3845d/',1,1);
INSERT INTO "units" VALUES('5721a2b6dc6e493f980d65c36dc76703','甲市税务局办税服务厅','jia-sw-bs','vertical','d4063063e4c046f9a610b21847f3845d','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/d4063063-e4c0-46f9-a610-b21847f3845d/5721a2b6-dc6e-493f-980d-65c36dc76703/',1,1);
INSERT INTO "units" VALUES('5e1903b512c54864b7e1358ac8ddc79e','甲市住房和城乡建设局','jia-zj','government_functional','176bbfc48a014adb8faf58d9eec2042d','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/5e1903b5-12c5-4864-b7e1-358ac8ddc79e/',1,1);
INSERT INTO "units" VALUES('6390e8fe99a44bc3ac08f79c036659a9','一县建设局','jia-zj-1','government_functional','5e1903b512c54864b7e1358ac8ddc79e','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/5e1903b5-12c5-4864-b7e1-358ac8ddc79e/6390e8fe-99a4-4bc3-ac08-f79c036659a9/',1,1);
INSERT INTO "units" VALUES('746a29a47269458bb3cf3d5e905b7887','二县建设局','jia-zj-2','government_functional','5e1903b512c54864b7e1358ac8ddc79e','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/5e1903b5-12c5-4864-b7e1-358ac8ddc79e/746a29a4-7269-458b-b3cf-3d5e905b7887/',1,1);
INSERT INTO "units" VALUES('2eea26e46f624721aa257f5c651c8b87','三区建设局','jia-zj-3','government_functional','5e1903b512c54864b7e1358ac8ddc79e','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/5e1903b5-12c5-4864-b7e1-358ac8ddc79e/2eea26e4-6f62-4721-aa25-7f5c651c8b87/',1,1);
INSERT INTO "units" VALUES('e045ff7c751a437ab4bdb89ae716288b','四区建设局','jia-zj-4','government_functional','5e1903b512c54864b7e1358ac8ddc79e','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/5e1903b5-12c5-4864-b7e1-358ac8ddc79e/e045ff7c-751a-437a-b4bd-b89ae716288b/',1,1);
INSERT INTO "units" VALUES('0bc008fdf97e4ac99180087666fa10fd','甲市规划局','jia-zj-gh','government_functional','5e1903b512c54864b7e1358ac8ddc79e','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/5e1903b5-12c5-4864-b7e1-358ac8ddc79e/0bc008fd-f97e-4ac9-9180-087666fa10fd/',1,1);
INSERT INTO "units" VALUES('a21c12fd887b40bfa34b77ffbe978ea5','一县房管局','jia-zj-fg','government_functional','5e1903b512c54864b7e1358ac8ddc79e','/176bbfc4-8a01-4adb-8faf-58d9eec2042d/5e1903b5-12c5-4864-b7e1-358ac8ddc79e/a21c12fd-887b-40bf-a34b-77ffbe978ea5/',1,1);
CREATE TABLE uploads (
	id CHAR(32) NOT NULL, 
	owner_id CHAR(32) NOT NULL, 
	inspector_id CHAR(32) NOT NULL, 
	device_id CHAR(32) NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	length INTEGER NOT NULL, 
	upload_metadata VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	finished_at DATETIME, 
	CONSTRAINT pk_uploads PRIMARY KEY (id), 
	CONSTRAINT fk_uploads_device_id_devices FOREIGN KEY(device_id) REFERENCES devices (id), 
	CONSTRAINT fk_uploads_media_claims FOREIGN KEY(owner_id, inspector_id, sha256) REFERENCES media_claims (owner_id, inspector_id, sha256)
);
CREATE TABLE user_sessions (
	token_sha256 VARCHAR NOT NULL, 
	id CHAR(32) NOT NULL, 
	user_id CHAR(32) NOT NULL, 
	csrf_token VARCHAR NOT NULL, 
	agent VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	proved_at DATETIME, 
	challenge VARCHAR, 
	challenge_until DATETIME, 
	CONSTRAINT pk_user_sessions PRIMARY KEY (token_sha256), 
	CONSTRAINT fk_user_sessions_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE, 
	CONSTRAINT uq_user_sessions_id UNIQUE (id)
);
CREATE TABLE users (
	id CHAR(32) NOT NULL, 
	username VARCHAR NOT NULL, 
	display_name VARCHAR NOT NULL, 
	password_hash VARCHAR NOT NULL, 
	roles JSON NOT NULL, 
	unit_id CHAR(32), 
	active BOOLEAN NOT NULL, 
	factor_waived BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_users PRIMARY KEY (id), 
	CONSTRAINT uq_users_username UNIQUE (username)
);
INSERT INTO "users" VALUES('fbde8fed1a2144c7a040a6103cc1eed0','admin','系统管理员','$argon2id$v=19$m=65536,t=3,p=4$EpvN8ucrxeACaH5jGshNIg$A1QmkABh1pJfK2AN93sfqENzLFw/uYF6Ymyj4UFd9+g','["administrator"]',NULL,1,1,'2026-09-23 23:44:01.444000',1);
INSERT INTO "users" VALUES('bbd25f58f7644374a72bd5cf0dca7891','lead','办公室负责人','$argon2id$v=19$m=65536,t=3,p=4$nd9U1gbSCJDyoMc9soXqFA$nGOV5iFKxxf7z4nBRFDRMLiXtfzmb+O71Xrij5SfElw','["lead"]',NULL,1,1,'2026-09-23 23:44:01.444000',1);
INSERT INTO "users" VALUES('4ed633584770434c84bda1913fdbc703','reviewer1','审核员一','$argon2id$v=19$m=65536,t=3,p=4$W8g1T0sJHY12HI7kRRGeOQ$u54jtufuC57jvjQMeAe18F40UzheF1ennKr2ocHhvtc','["reviewer"]',NULL,1,1,'2026-09-23 23:44:01.444000',1);
INSERT INTO "users" VALUES('7867aeec44ad4f5caade7ee2c0121236','reviewer2','审核员二','$argon2id$v=19$m=65536,t=3,p=4$rxjfYXGsIbuQvW2hTa2bCA$pPZtmsYj2wSMncGnQhgDBbR+G8EFSK9kksRWMZA/su4','["reviewer"]',NULL,1,1,'2026-09-23 23:44:01.444000',1);
INSERT INTO "users" VALUES('e86b8dcef421485a96942f813d1fae22','approver','分管领导','$argon2id$v=19$m=65536,t=3,p=4$6cQRK9X0DT/wfIPR5TBIVw$w8OlSYIu7fegSvyfBAb51zo/FgqQqj+k8ECPbo/DFKk','["approver"]',NULL,1,1,'2026-09-23 23:44:01.444000',1);
INSERT INTO "users" VALUES('f18039c2793e48f3bd30a36f6d5d239f','auditor','监察员','$argon2id$v=19$m=65536,t=3,p=4$cttNIhH0R4wiYbX+v8cQ9g$719hUXgbeQs4oYF3L3fdOuyQQdjuuxkNnR/PcC6O9Tk','["auditor"]',NULL,1,1,'2026-09-23 23:44:01.444000',1);
INSERT INTO "users" VALUES('dd3a56558e434ef3a028d757635c6d62','custodian1','保管员一','$argon2id$v=19$m=65536,t=3,p=4$rYDPvVsjM1U2secY39piCQ$KPWRwNkrBPa73vxZNLp/J3+P08ntxF4YN/O/GUtdBr0','["custodian"]',NULL,1,1,'2026-09-23 23:44:01.444000',1);
INSERT INTO "users" VALUES('0a99f5afcd84451ea9a9e471066a1205','custodian2','保管员二','$argon2id$v=19$m=65536,t=3,p=4$JDdDNHc+83NaMaJyJ2ltTA$YOMCfUJ5GEQ4VbHUJXFP9nF4jasAa7c934fCL3UGE3U','["custodian"]',NULL,1,1,'2026-09-23 23:44:01.444000',1);
INSERT INTO "users" VALUES('344feccba8db46ab9a8f7e5d6c685233','liaison-fw','行政服务中心联络员','$argon2id$v=19$m=65536,t=3,p=4$Q6YUQjurM914mqm0r3CaOA$RVhIAS4cPCWwZi7fmgHbNuiBPvi4Sxcu3wEOuNlLxf8','["liaison"]','4bf49f563a964b3e8ece13c3eb824880',1,1,'2026-09-23 23:44:01.444000',1);
INSERT INTO "users" VALUES('a8bf5f539a9840e58f139d22cf32ce70','liaison-jt','交通运输局联络员','$argon2id$v=19$m=65536,t=3,p=4$POOGfz022YdX9jtVSIQG8w$sAsRFVrWs9Zn9PW6xwoYOfdbJtB49lOLO/6nB+Xt5Yk','["liaison"]','f542fb42453a4e57a7494343cda5f755',1,1,'2026-09-23 23:44:01.444000',1);
INSERT INTO "users" VALUES('7691f032260c4b91ad9f98ca4bf4fe50','liaison-zj','住房和城乡建设局联络员','$argon2id$v=19$m=65536,t=3,p=4$TnMayIr7THJpXH3PDLoguw$dXBJt8VNAM2W3ZOb69ANrx0LSPTTmR5d7o197/SzJGY','["liaison"]','5e1903b512c54864b7e1358ac8ddc79e',1,1,'2026-09-23 23:44:01.444000',1);
CREATE TABLE witnesses (
	id CHAR(32) NOT NULL, 
	record_id CHAR(32) NOT NULL, 
	record_sha256 VARCHAR NOT NULL, 
	inspector_id CHAR(32) NOT NULL, 
	device_id CHAR(32) NOT NULL, 
	statement VARCHAR NOT NULL, 
	jkt VARCHAR NOT NULL, 
	certificate_box VARCHAR NOT NULL, 
	link_sha256 VARCHAR NOT NULL, 
	quarantined BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_witnesses PRIMARY KEY (id), 
	CONSTRAINT fk_witnesses_device_id_devices FOREIGN KEY(device_id) REFERENCES devices (id), 
	CONSTRAINT fk_witnesses_inspector_id_inspectors FOREIGN KEY(inspector_id) REFERENCES inspectors (id), 
	CONSTRAINT fk_witnesses_record_id_records FOREIGN KEY(record_id) REFERENCES records (id), 
	CONSTRAINT fk_witnesses_record_sha256_record_versions FOREIGN KEY(record_sha256) REFERENCES record_versions (record_sha256), 
	CONSTRAINT uq_witnesses_record_sha256_inspector_id UNIQUE (record_sha256, inspector_id)
);
CREATE INDEX ix_audit_entries_actor_id ON audit_entries (actor_id);
CREATE INDEX ix_audit_entries_at ON audit_entries (at);
CREATE INDEX ix_audit_entries_object ON audit_entries (object_kind, object_id);
CREATE INDEX ix_campaigns_state ON campaigns (state);
CREATE INDEX ix_deletions_removed_at ON deletions (removed_at);
CREATE INDEX ix_deletions_sha256 ON deletions (sha256);
CREATE INDEX ix_log_entries_sha256 ON log_entries (sha256);
CREATE INDEX ix_log_entries_subject ON log_entries (subject, kind);
CREATE INDEX ix_media_phash ON media (phash);
CREATE INDEX ix_outbox_events_waiting ON outbox_events (finished_at, due_at);
CREATE INDEX ix_sign_in_failures_subject_at ON sign_in_failures (subject_sha256, at);
CREATE INDEX ix_units_parent_id ON units (parent_id);
CREATE INDEX ix_units_path ON units (path);
CREATE INDEX ix_users_unit_id ON users (unit_id);
CREATE INDEX ix_alerts_listed ON alerts (campaign_id, at, id);
CREATE INDEX ix_approval_matters_listed ON approval_matters (campaign_id, promised_until, id);
CREATE INDEX ix_approval_matters_unit_id ON approval_matters (unit_id);
CREATE INDEX ix_campaign_goal_readings_campaign_id ON campaign_goal_readings (campaign_id);
CREATE INDEX ix_campaign_stage_marks_campaign_id ON campaign_stage_marks (campaign_id);
CREATE INDEX ix_campaign_stages_campaign_id ON campaign_stages (campaign_id);
CREATE INDEX ix_campaign_themes_campaign_id ON campaign_themes (campaign_id);
CREATE INDEX ix_campaign_topics_campaign_id ON campaign_topics (campaign_id);
CREATE INDEX ix_case_bulletins_listed ON case_bulletins (campaign_id, at, id);
CREATE INDEX ix_checklist_versions_checklist_id ON checklist_versions (checklist_id);
CREATE INDEX ix_devices_inspector_id ON devices (inspector_id);
CREATE INDEX ix_draws_campaign_id ON draws (campaign_id);
CREATE INDEX ix_enrolment_tokens_inspector_id ON enrolment_tokens (inspector_id);
CREATE INDEX ix_factor_resets_user_id ON factor_resets (user_id);
CREATE INDEX ix_ladder_facts_unit_id ON ladder_facts (campaign_id, unit_id, code);
CREATE INDEX ix_ladder_unit_rules_unit_id ON ladder_unit_rules (campaign_id, unit_id);
CREATE INDEX ix_legal_holds_object_id ON legal_holds (object_id, lifted_at);
CREATE INDEX ix_notification_channels_due_at ON notification_channels (due_at);
CREATE INDEX ix_notification_channels_user_id ON notification_channels (user_id);
CREATE INDEX ix_packs_requested_at ON packs (requested_at, id);
CREATE INDEX ix_packs_requested_by ON packs (requested_by);
CREATE INDEX ix_passkeys_user_id ON passkeys (user_id);
CREATE INDEX ix_records_assignment_id ON records (assignment_id);
CREATE INDEX ix_records_campaign_id_state ON records (campaign_id, state);
CREATE INDEX ix_records_inspector_id ON records (inspector_id);
CREATE INDEX ix_records_received_at ON records (received_at, id);
CREATE INDEX ix_records_site_id ON records (site_id, state, outcome, day, campaign_id, unit_id);
CREATE INDEX ix_records_state_day ON records (state, day, outcome, campaign_id, unit_id, points, checklist_version_id);
CREATE INDEX ix_records_state_received_at ON records (state, received_at);
CREATE INDEX ix_records_unit_id ON records (unit_id, state, outcome, day, campaign_id, points);
CREATE INDEX ix_recovery_codes_user_id ON recovery_codes (user_id);
CREATE INDEX ix_result_releases_campaign_id ON result_releases (campaign_id);
CREATE INDEX ix_result_releases_drafted_at ON result_releases (drafted_at, id);
CREATE INDEX ix_rulebook_versions_campaign_id ON rulebook_versions (campaign_id);
CREATE INDEX ix_sites_unit_id ON sites (unit_id);
CREATE INDEX ix_supervisor_mandates_campaign_id ON supervisor_mandates (campaign_id);
CREATE INDEX ix_user_sessions_expires_at ON user_sessions (expires_at);
CREATE INDEX ix_user_sessions_user_id ON user_sessions (user_id);
CREATE INDEX ix_assignments_campaign_id ON assignments (campaign_id);
CREATE INDEX ix_assignments_draw_id ON assignments (draw_id);
CREATE INDEX ix_assignments_inspector_id_state ON assignments (inspector_id, state);
CREATE INDEX ix_ballot_boxes_campaign_id ON ballot_boxes (campaign_id);
CREATE INDEX ix_cases_campaign_id ON cases (campaign_id);
CREATE INDEX ix_cases_class ON cases (class, state, due_at);
CREATE INDEX ix_cases_class_due_at ON cases (class, due_at, id);
CREATE INDEX ix_cases_due_at ON cases (due_at, id);
CREATE INDEX ix_cases_effort ON cases (effort, due_at, id);
CREATE INDEX ix_cases_gravity ON cases (gravity, due_at, id);
CREATE INDEX ix_cases_horizon ON cases (horizon, state, due_at);
CREATE INDEX ix_cases_merged_into_id ON cases (merged_into_id);
CREATE INDEX ix_cases_moved_at ON cases (moved_at, id);
CREATE INDEX ix_cases_opened_at ON cases (opened_at, id);
CREATE INDEX ix_cases_owner_id ON cases (owner_id, state, due_at);
CREATE INDEX ix_cases_source ON cases (source, state, due_at);
CREATE INDEX ix_cases_split_from_id ON cases (split_from_id);
CREATE INDEX ix_cases_state_due_at ON cases (state, due_at, id);
CREATE INDEX ix_cases_theme_id ON cases (theme_id, state, due_at);
CREATE INDEX ix_cases_unit_id_state ON cases (unit_id, state, due_at);
CREATE INDEX ix_chain_links_device_id_prev ON chain_links (device_id, prev);
CREATE INDEX ix_chain_links_device_id_seq ON chain_links (device_id, seq);
CREATE INDEX ix_claim_requests_campaign_id ON claim_requests (campaign_id, asked_at, id);
CREATE INDEX ix_cycle_periods_listed ON cycle_periods (campaign_id, due_at, id);
CREATE INDEX ix_cycle_periods_state ON cycle_periods (state, due_at);
CREATE INDEX ix_cycle_periods_unit_id ON cycle_periods (unit_id);
CREATE INDEX ix_device_nonces_expires_at ON device_nonces (expires_at);
CREATE INDEX ix_device_tokens_device_id ON device_tokens (device_id);
CREATE INDEX ix_device_tokens_expires_at ON device_tokens (expires_at);
CREATE INDEX ix_disclosures_asked_at ON disclosures (asked_at, id);
CREATE INDEX ix_disclosures_record_id ON disclosures (record_id);
CREATE INDEX ix_ladder_measures_campaign_id ON ladder_measures (campaign_id, state);
CREATE INDEX ix_ladder_measures_state ON ladder_measures (state, proposed_at, id);
CREATE INDEX ix_ladder_measures_unit_id ON ladder_measures (unit_id, state);
CREATE INDEX ix_media_claims_sha256_held_at ON media_claims (sha256, held_at);
CREATE INDEX ix_notices_campaign_id ON notices (campaign_id);
CREATE INDEX ix_notices_original_id ON notices (original_id);
CREATE INDEX ix_notices_state_published_at ON notices (state, published_at);
CREATE INDEX ix_notices_template_id ON notices (template_id);
CREATE INDEX ix_notices_unit_id_state ON notices (unit_id, state, published_at);
CREATE INDEX ix_picture_decisions_record_id_original_sha256 ON picture_decisions (record_id, original_sha256);
CREATE INDEX ix_record_versions_jkt ON record_versions (jkt);
CREATE INDEX ix_record_versions_link_sha256 ON record_versions (link_sha256);
CREATE INDEX ix_record_versions_log_by ON record_versions (log_by);
CREATE INDEX ix_register_rows_due_at ON register_rows (due_at, overdue_told_at);
CREATE INDEX ix_register_rows_listed ON register_rows (campaign_id, register, state, due_at);
CREATE INDEX ix_register_rows_unit_id ON register_rows (unit_id);
CREATE INDEX ix_score_runs_campaign_id ON score_runs (campaign_id, scheme, state);
CREATE INDEX ix_score_runs_published_at ON score_runs (published_at);
CREATE UNIQUE INDEX uq_score_runs_corrects_id ON score_runs (corrects_id) WHERE state = 'published';
CREATE INDEX ix_survey_rounds_closes_at ON survey_rounds (state, closes_at);
CREATE INDEX ix_ballot_slips_counted ON ballot_slips (box_id, "group", state);
CREATE INDEX ix_case_recurrences_earlier_id ON case_recurrences (earlier_id);
CREATE INDEX ix_case_requests_case_id ON case_requests (case_id, asked_at);
CREATE INDEX ix_case_requests_state ON case_requests (state, due_at, id);
CREATE UNIQUE INDEX uq_case_requests_waiting ON case_requests (case_id, kind) WHERE state = 'open';
CREATE INDEX ix_case_revisits_case_id ON case_revisits (case_id, asked_at);
CREATE INDEX ix_case_shares_unit_id ON case_shares (unit_id);
CREATE INDEX ix_case_statements_case_id_at ON case_statements (case_id, at);
CREATE INDEX ix_case_steps_case_id ON case_steps (case_id, began_at);
CREATE UNIQUE INDEX uq_case_steps_present ON case_steps (case_id) WHERE ended_at IS NULL;
CREATE INDEX ix_case_tasks_case_id ON case_tasks (case_id, state);
CREATE INDEX ix_case_tasks_parent_id ON case_tasks (parent_id);
CREATE INDEX ix_case_tasks_state ON case_tasks (state, due_at, id);
CREATE INDEX ix_case_tasks_unit_id ON case_tasks (unit_id, state, due_at);
CREATE INDEX ix_claim_sheets_unit_id ON claim_sheets (unit_id);
CREATE INDEX ix_complaint_clusters_found_at ON complaint_clusters (campaign_id, found_at, id);
CREATE INDEX ix_complaints_campaign_id ON complaints (campaign_id, state, due_at);
CREATE INDEX ix_complaints_case_id ON complaints (case_id);
CREATE INDEX ix_complaints_counted ON complaints (campaign_id, verdict, verdict_at);
CREATE INDEX ix_complaints_due_at ON complaints (due_at, id);
CREATE INDEX ix_complaints_merged_into_id ON complaints (merged_into_id);
CREATE INDEX ix_complaints_received_at ON complaints (received_at, id);
CREATE INDEX ix_complaints_unit_id_state ON complaints (unit_id, state, due_at);
CREATE INDEX ix_cycle_entries_period_id ON cycle_entries (period_id, at);
CREATE INDEX ix_decisions_record_id_at ON decisions (record_id, at);
CREATE UNIQUE INDEX uq_ladder_measure_cases_step ON ladder_measure_cases (case_id, ladder, position) WHERE live;
CREATE UNIQUE INDEX uq_ladder_referrals_live ON ladder_referrals (case_id) WHERE state <> 'rejected';
CREATE INDEX ix_ladder_reviews_decided_at ON ladder_reviews (decided_at);
CREATE INDEX ix_notice_cases_case_id ON notice_cases (case_id);
CREATE INDEX ix_press_packs_drafted_at ON press_packs (drafted_at, id);
CREATE INDEX ix_press_packs_notice_id ON press_packs (notice_id);
CREATE INDEX ix_record_flags_code ON record_flags (code);
CREATE INDEX ix_record_returns_record_id ON record_returns (record_id);
CREATE INDEX ix_rule_breaches_campaign_id_unit_id ON rule_breaches (campaign_id, unit_id);
CREATE INDEX ix_rule_breaches_case_id ON rule_breaches (case_id);
CREATE INDEX ix_supervision_cards_listed ON supervision_cards (campaign_id, dealt_at, id);
CREATE INDEX ix_supervision_cards_unit_id ON supervision_cards (unit_id);
CREATE INDEX ix_survey_answers_round_id ON survey_answers (round_id);
CREATE INDEX ix_survey_raters_listed ON survey_raters (round_id, "group", number);
CREATE INDEX ix_uploads_expires_at ON uploads (expires_at);
CREATE INDEX ix_witnesses_inspector_id ON witnesses (inspector_id);
CREATE INDEX ix_witnesses_record_id ON witnesses (record_id);
CREATE INDEX ix_claim_questions_asked_at ON claim_questions (asked_at, id);
CREATE INDEX ix_claim_questions_case_id ON claim_questions (case_id);
CREATE INDEX ix_findings_at ON findings (at);
CREATE INDEX ix_findings_campaign_id_unit_id ON findings (campaign_id, unit_id);
CREATE INDEX ix_findings_record_id ON findings (record_id);
CREATE INDEX ix_findings_site_id ON findings (site_id, state, day, campaign_id, unit_id, veto);
CREATE INDEX ix_findings_state_day ON findings (state, day, campaign_id, unit_id);
CREATE INDEX ix_findings_unit_id ON findings (unit_id, state, day, campaign_id, veto);
CREATE INDEX ix_informant_releases_asked_at ON informant_releases (asked_at, id);
CREATE INDEX ix_informant_releases_complaint_id ON informant_releases (complaint_id);
CREATE INDEX ix_survey_tokens_counted ON survey_tokens (round_id, "group", state);
CREATE INDEX ix_survey_tokens_rater_id ON survey_tokens (rater_id);
COMMIT;
